using ServiceDefaults.Production;

namespace ServiceDefaults.Monitoring.Uptime;

/// <summary>What <c>/uptime</c> says: enough for a pinger, nothing about the inside. The records are read at most every few seconds.</summary>
internal sealed class UptimeReport
{
    /// <summary>As long as caches may keep the answer.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly IUptimeRecords records;
    private readonly Heartbeat heartbeat;
    private readonly TimeProvider clock;
    private readonly Kept<UptimeHistory> history;
    private readonly DateTimeOffset started;
    private readonly long startedAt;
    private (UptimeHistory History, long ReadAt) known;

    public UptimeReport(IUptimeRecords records, Heartbeat heartbeat, TimeProvider clock)
    {
        (this.records, this.heartbeat, this.clock) = (records, heartbeat, clock);
        (started, startedAt) = (heartbeat.Started, clock.GetTimestamp());
        known = (UptimeHistory.Unknown with { Now = started }, startedAt);
        history = new Kept<UptimeHistory>(ReadAsync, KeptFor / 2, KeptFor, clock);
    }

    public Task<UptimeHistory> HistoryAsync() => history.GetAsync();

    /// <summary>The time since the start is measured by the monotonic clock: it is right when the wall clock is set.</summary>
    public async Task<Report> NowAsync()
    {
        var uptime = await HistoryAsync();
        return new Report(
            uptime.IsUp ? "up" : "down",
            ApplicationIdentity.Version,
            started,
            (long)clock.GetElapsedTime(startedAt).TotalSeconds,
            uptime.Replicas.Count,
            new Availability(Percent(uptime.LastHour), Percent(uptime.LastDay), Percent(uptime.Last30Days), Percent(uptime.Last90Days)),
            uptime.Since,
            uptime.Current?.Begin);
    }

    /// <summary>Rounded down: 100 means not a second of outage.</summary>
    private static double? Percent(double? share) => share is { } value ? Math.Floor(value * 100_000) / 1000 : null;

    private async Task<UptimeHistory> ReadAsync()
    {
        try
        {
            var read = await records.ReadAsync(CancellationToken.None);
            known = (heartbeat.IsFresh ? read with { LastBeat = read.Now } : read, clock.GetTimestamp());
            return known.History;
        }
        catch (Exception) // whatever a store throws: it is away, and the heartbeat says so in the log
        {
            return known.History with
            {
                Now = known.History.Now + clock.GetElapsedTime(known.ReadAt),
                Since = known.History.Since ?? heartbeat.LastBeat,
                LastBeat = heartbeat.LastBeat > known.History.LastBeat ? heartbeat.LastBeat : known.History.LastBeat ?? heartbeat.LastBeat,
                Replicas = [],
                StoreIsAway = true,
            };
        }
    }
}

/// <param name="Status"><c>up</c> when a replica is ready; else <c>down</c>.</param>
/// <param name="Version">The application's version.</param>
/// <param name="Started">When this process started.</param>
/// <param name="UptimeSeconds">For how long it has run, in whole seconds.</param>
/// <param name="Replicas">How many replicas are ready.</param>
/// <param name="Availability">How much of the time a replica was ready.</param>
/// <param name="KnownSince">When that began to be recorded; null before.</param>
/// <param name="DownSince">When the current outage began; null when there is none.</param>
internal sealed record Report(
    string Status, string Version, DateTimeOffset Started, long UptimeSeconds, int Replicas, Availability Availability, DateTimeOffset? KnownSince, DateTimeOffset? DownSince);
