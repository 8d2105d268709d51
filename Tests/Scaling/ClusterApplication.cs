using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;

namespace Tests.Scaling;

/// <summary>An application whose Redis is the cluster.</summary>
internal static class ClusterApplication
{
    /// <summary>With a name of its own, so that each test finds its part of the cluster empty.</summary>
    public static WebApplication Application(this RedisCluster cluster, TimeProvider? clock = null, Action<IServiceCollection>? services = null) => Site.Build(
        settings: new Dictionary<string, string?>(cluster.Settings) { ["Application:Name"] = "shop-" + Guid.NewGuid().ToString("N") },
        services: all =>
        {
            services?.Invoke(all);
            all.AddSingleton(clock ?? TimeProvider.System);
        });

    public static T From<T>(this WebApplication app)
        where T : notnull
    {
        RedisCluster.Require();
        return app.Services.GetRequiredService<T>();
    }
}
