using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceDefaults.Sessions;

namespace ServiceDefaults.Monitoring;

/// <summary>Whether the session store answers. The answer is kept for two seconds, so that a storm of probes costs it nothing.</summary>
internal sealed class StoreHealthCheck(ISessionStorage storage, TimeProvider clock) : IHealthCheck, IDisposable
{
    public const string Tag = "ready";

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim one = new(1);
    private HealthCheckResult last;
    private long? askedAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
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

    /// <summary>Asks for a session that nobody has: the way of every request, with any store.</summary>
    private async Task<HealthCheckResult> AskAsync()
    {
        var asked = clock.GetTimestamp();
        try
        {
            await storage.LoadAsync("readiness", CancellationToken.None);
            return HealthCheckResult.Healthy($"The session store ({storage.Name}) answered in {clock.GetElapsedTime(asked).TotalMilliseconds:F1} ms.");
        }
        catch (SessionStoreUnavailableException)
        {
            return HealthCheckResult.Unhealthy($"The session store ({storage.Name}) does not answer.");
        }
    }
}
