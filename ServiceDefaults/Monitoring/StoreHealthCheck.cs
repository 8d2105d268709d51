using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using ServiceDefaults.Sessions;
using StackExchange.Redis;

namespace ServiceDefaults.Monitoring;

/// <summary>Whether the session store answers. The answer is kept for two seconds, so that a storm of probes costs it nothing.</summary>
internal sealed class StoreHealthCheck(IServiceProvider services, IOptions<SessionStoreOptions> store, TimeProvider clock) : IHealthCheck, IDisposable
{
    public const string Tag = "ready";

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim one = new(1);
    private HealthCheckResult last;
    private long? askedAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (store.Value.Effective != SessionStoreKind.Redis)
        {
            return HealthCheckResult.Healthy("Sessions are not kept in Redis.");
        }

        await one.WaitAsync(cancellationToken);
        try
        {
            if (askedAt is null || clock.GetElapsedTime(askedAt.Value) >= KeptFor)
            {
                last = await AskAsync();
                askedAt = clock.GetTimestamp();
            }

            return last;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<HealthCheckResult> AskAsync()
    {
        try
        {
            var redis = services.GetRequiredService<IConnectionMultiplexer>();
            var latency = await redis.GetDatabase().PingAsync().WaitAsync(TimeSpan.FromMilliseconds(800));
            return HealthCheckResult.Healthy($"Redis answered in {latency.TotalMilliseconds:F1} ms.");
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("Redis does not answer.");
        }
    }
}
