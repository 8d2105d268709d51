using System.Globalization;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using ServiceDefaults.Redis;
using StackExchange.Redis;

namespace ServiceDefaults.Caching;

/// <summary>ASP.NET Core's output cache in Redis, shared by all replicas; every operation is one round trip.</summary>
/// <remarks>Without Redis answers are made anew. Only an eviction that Redis did not take is an error: it would be forgotten.</remarks>
internal sealed class RedisOutputCacheStore(RedisScripts redis, RedisOutage outage, TimeProvider clock, IOptions<CachingOptions> options) : IOutputCacheStore
{
    private const string Evictions = "{cache}:evictions";
    private const string Expiries = "{cache}:expiries";
    private const string Sizes = "{cache}:sizes";
    private const string Since = "\n"; // before what is no tag; no tag may contain it

    private const int MostEvictions = 10_000;

    /// <summary>Longer than this nothing is stored here, whatever caches further out are told.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>No answer that was begun before lives longer than that.</summary>
    private static readonly TimeSpan Remembered = Longest + TimeSpan.FromHours(1);

    /// <summary>Notes when an answer is begun.</summary>
    /// <returns>To be stored among its tags; null without Redis.</returns>
    public async ValueTask<string?> BeginAsync() =>
        await TryAsync(RedisCacheScripts.Now, [Evictions], []) is { IsNull: false } now ? Since + (string?)now : null;

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) =>
        (byte[]?)await TryAsync(RedisCacheScripts.Get, [NameOf(key), Evictions], []);

    public async ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        // Without a beginning, no eviction could be told to have come after it.
        if (tags?.FirstOrDefault(tag => tag.StartsWith(Since, StringComparison.Ordinal)) is { } begun)
        {
            await TryAsync(
                RedisCacheScripts.Set,
                [NameOf(key), Expiries, Sizes],
                [
                    begun[Since.Length..],
                    string.Join('\n', tags.Where(tag => tag != begun)),
                    value,
                    Milliseconds(validFor < Longest ? validFor : Longest),
                    options.Value.MaxBytes,
                    Milliseconds(Remembered),
                ]);
        }
    }

    public async ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken) =>
        await redis.RunAsync(RedisCacheScripts.Evict, [Evictions], [tag, Milliseconds(Remembered), MostEvictions], cancellationToken);

    /// <summary>A key begins with a hash of all that it stands for.</summary>
    private static string NameOf(string key) => "{cache}:answer:" + key.Split('\x1e', 2)[0];

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private async Task<RedisResult?> TryAsync(string script, string[] keys, RedisValue[] arguments)
    {
        if (!outage.MayTry())
        {
            return null;
        }

        using var patience = new CancellationTokenSource(options.Value.Patience, clock);
        try
        {
            var result = await redis.RunAsync(script, keys, arguments, patience.Token);
            outage.NoticeSuccess();
            return result;
        }
        catch (RedisUnavailableException exception) when (exception.InnerException is RedisServerException)
        {
            return null; // it answers, and refuses: out of memory it can still be read
        }
        catch (Exception exception) when (exception is RedisUnavailableException or OperationCanceledException)
        {
            outage.NoticeFailure(exception);
            return null;
        }
    }
}
