using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Foundation;
using ServiceDefaults.Redis;
using StackExchange.Redis;

namespace ServiceDefaults;

/// <summary>Registers the connection to Redis.</summary>
public static class RedisRegistration
{
    /// <summary>In a failover, on two processors, requests without a session took up to 5 s; with this many threads to begin with, 50 ms.</summary>
    private const int ThreadsAmongSentinels = 16;

    /// <summary>Connects to Redis when a connection string or a <c>REDIS_URL</c> is configured.</summary>
    /// <remarks>
    /// The connection string is <c>ConnectionStrings:redis</c>, as Aspire sets it; <c>REDIS_URL</c>, as hosting
    /// platforms set it, is used when there is none. A password that is in neither is <c>REDIS_PASSWORD</c>, a mounted file, say.
    /// </remarks>
    /// <param name="builder">The application's builder.</param>
    public static void AddRedis(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var address = RedisAddress.From(builder.Configuration);
        if (address is not { Problem: null })
        {
            return;
        }

        // The client keeps a diary of its connections. What matters is told at the start, and when an outage begins and ends.
        builder.Logging.AddFilter("StackExchange.Redis", LogLevel.Critical);
        builder.AddRedisDistributedCache(
            RedisAddress.ConnectionName,
            settings =>
            {
                settings.ConnectionString = address.ConnectionString;
                settings.DisableHealthChecks = true; // /ready asks in its own way: bounded in time and cached
                settings.DisableTracing = !TelemetryReceiver.IsConfigured(builder.Configuration);
            },
            options =>
            {
                // Kept out of the connection string, in which a comma would end it.
                options.Password = address.Password ?? options.Password ?? builder.Configuration["REDIS_PASSWORD"];
                options.AbortOnConnectFail = false; // reconnects by itself after an outage
                options.ConnectTimeout = 2000;
                options.ReconnectRetryPolicy = new LinearRetry(500); // by default the more slowly the longer the outage lasts
                if (options.ServiceName is not null)
                {
                    RaiseMinThreads();
                }
            });
        builder.Services.AddSingleton(address);
        builder.Services.AddSingleton<RedisAnswers>();
        builder.Services.AddSingleton<IStartCheck>(services => services.GetRequiredService<RedisAnswers>());
        builder.Services.AddChecklistItems(RedisItems.All);
        builder.Services.AddSingleton<RedisScripts>();
    }

    /// <summary>Whether there is a connection to Redis. Asking for it does not make it.</summary>
    internal static bool HasRedis(this IServiceProvider services) => services.GetService<RedisAddress>() is not null;

    /// <summary>Where it asks Sentinels, the client does block when a primary is lost: some threads of the pool, which adds others slowly.</summary>
    private static void RaiseMinThreads()
    {
        ThreadPool.GetMinThreads(out var workers, out var completionPorts);
        ThreadPool.SetMinThreads(Math.Max(workers, ThreadsAmongSentinels), completionPorts);
    }
}
