using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Health;

/// <summary>How this process is, asked twice a second at most, however many probes come, and told in the log when it changes.</summary>
internal sealed partial class Readiness
{
    /// <summary>The checks with this tag decide whether requests are sent here.</summary>
    public const string Tag = "ready";

    /// <summary>An answer is never older.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    /// <summary>With the second that a check may take, an outage is seen within two.</summary>
    private static readonly TimeSpan RenewedAfter = TimeSpan.FromSeconds(0.5);

    private readonly HealthCheckService checks;
    private readonly IHostApplicationLifetime lifetime;
    private readonly ILogger<Readiness> logger;
    private readonly Kept<HealthReport> ready;
    private readonly Kept<HealthReport> all;
    private bool wasReady = true;

    public Readiness(HealthCheckService checks, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<Readiness> logger)
    {
        (this.checks, this.lifetime, this.logger) = (checks, lifetime, logger);
        ready = new Kept<HealthReport>(AskReadyAsync, RenewedAfter, KeptFor, clock);
        all = new Kept<HealthReport>(() => AskAsync(null), RenewedAfter, KeptFor, clock);
    }

    /// <summary>Whether the process has been asked to stop: nothing is to be sent here any more, at once.</summary>
    public bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    public async Task<bool> IsReadyAsync() => !IsStopping && (await ready.GetAsync()).Status != HealthStatus.Unhealthy;

    public Task<HealthReport> ReportAsync() => all.GetAsync();

    private async Task<HealthReport> AskReadyAsync()
    {
        var report = await AskAsync(check => check.Tags.Contains(Tag));
        var isReady = report.Status != HealthStatus.Unhealthy;
        if (isReady != wasReady)
        {
            wasReady = isReady;
            Tell(report);
        }

        return report;
    }

    /// <summary>Under an activity that is not recorded: whatever the checks ask, it is nobody's request.</summary>
    private async Task<HealthReport> AskAsync(Func<HealthCheckRegistration, bool>? which)
    {
        using var unrecorded = new Activity("health").Start();
        return await checks.CheckHealthAsync(which, CancellationToken.None);
    }

    private void Tell(HealthReport report)
    {
        if (report.Status != HealthStatus.Unhealthy)
        {
            LogReady();
            return;
        }

        foreach (var (name, entry) in report.Entries.Where(entry => entry.Value.Status == HealthStatus.Unhealthy))
        {
            LogNotReady(name, entry.Description ?? entry.Exception?.Message, entry.Exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "This replica is not ready: {Check}: {Reason}")]
    private partial void LogNotReady(string check, string? reason, Exception? exception);

    [LoggerMessage(LogLevel.Information, "This replica is ready again.")]
    private partial void LogReady();
}
