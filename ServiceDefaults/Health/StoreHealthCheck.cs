using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceDefaults.Sessions;

namespace ServiceDefaults.Health;

/// <summary>Whether the session store answers.</summary>
internal sealed class StoreHealthCheck(ISessionStorage storage, TimeProvider clock) : IHealthCheck
{
    /// <summary>Asks for a session that nobody has: the way of every request, with any store.</summary>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var asked = clock.GetTimestamp();
        try
        {
            await storage.LoadAsync("readiness", cancellationToken);
            return HealthCheckResult.Healthy($"The session store ({storage.Name}) answered in {clock.GetElapsedTime(asked).TotalMilliseconds:F1} ms.");
        }
        catch (Exception exception) when (exception is SessionStoreUnavailableException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"The session store ({storage.Name}) does not answer.");
        }
    }
}
