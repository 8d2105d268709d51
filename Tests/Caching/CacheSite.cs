using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;

namespace Tests.Caching;

/// <summary>A site whose answers say how often they were made.</summary>
internal static class CacheSite
{
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static Task<Site> StartAsync(Action<WebApplication> map, RedisServer? redis = null, Action<IServiceCollection>? services = null)
    {
        return Site.StartAsync(
            map,
            redis is null ? null : new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url },
            services: services);
    }

    /// <summary>Counts its runs, and answers with the number of this one.</summary>
    public static Run Counted(string name = "run") => new(name);

    public static string CacheControlOf(HttpResponseMessage response) => response.Headers.NonValidated["Cache-Control"].ToString();

    public sealed class Run(string name)
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        public string Next() => $"{name} {Interlocked.Increment(ref count)}";
    }
}
