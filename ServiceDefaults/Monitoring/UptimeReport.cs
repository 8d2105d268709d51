using ServiceDefaults.Production;

namespace ServiceDefaults.Monitoring;

/// <summary>What <c>/uptime</c> says: enough for a pinger, nothing about the inside.</summary>
internal sealed class UptimeReport(TimeProvider clock)
{
    private readonly DateTimeOffset started = clock.GetUtcNow();
    private readonly long startedAt = clock.GetTimestamp();

    /// <summary>The uptime is measured by the monotonic clock: it is right when the wall clock is set.</summary>
    public Report Now() => new("up", ApplicationIdentity.Version, started, (long)clock.GetElapsedTime(startedAt).TotalSeconds);

    /// <param name="Status">Always <c>up</c>: a process that is not up does not answer.</param>
    /// <param name="Version">The application's version.</param>
    /// <param name="Started">When this process started.</param>
    /// <param name="UptimeSeconds">For how long it has run, in whole seconds.</param>
    internal sealed record Report(string Status, string Version, DateTimeOffset Started, long UptimeSeconds);
}
