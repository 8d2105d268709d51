using ServiceDefaults.Foundation;

namespace ServiceDefaults.Uptime;

/// <summary>What <c>/uptime</c> says: enough for a pinger, nothing about the inside. The records are read at most every few seconds.</summary>
internal sealed class UptimeReport
{
    /// <summary>As long as caches may keep the answer.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly IUptimeRecords records;
    private readonly Heartbeat heartbeat;
    private readonly TimeProvider clock;
    private readonly Kept<Known> kept;
    private readonly DateTimeOffset started;
    private readonly long startedAt;
    private Known known;

    public UptimeReport(IUptimeRecords records, Heartbeat heartbeat, TimeProvider clock)
    {
        (this.records, this.heartbeat, this.clock) = (records, heartbeat, clock);
        (started, startedAt) = (heartbeat.Started, clock.GetTimestamp());
        known = Known.Of(UptimeHistory.Unknown with { Now = started }, startedAt);
        kept = new Kept<Known>(ReadAsync, KeptFor / 2, KeptFor, clock);
    }

    public async Task<UptimeHistory> HistoryAsync() => (await kept.GetAsync()).History;

    /// <summary>The time since the start is measured by the monotonic clock: it is right when the wall clock is set.</summary>
    public async Task<Report> NowAsync()
    {
        var (uptime, availability, _) = await kept.GetAsync();
        return new Report(
            uptime.IsUp ? "up" : "down",
            ApplicationIdentity.Version,
            started,
            (long)clock.GetElapsedTime(startedAt).TotalSeconds,
            uptime.Replicas.Count,
            availability,
            uptime.Since,
            uptime.Current?.Begin);
    }

    private async Task<Known> ReadAsync()
    {
        try
        {
            var read = await records.ReadAsync(CancellationToken.None);
            return known = Known.Of(heartbeat.IsFresh ? read with { LastBeat = read.Now } : read, clock.GetTimestamp());
        }
        catch (Exception) // whatever a store throws: it is away, and the heartbeat says so in the log
        {
            var away = known.History with
            {
                Now = known.History.Now + clock.GetElapsedTime(known.ReadAt),
                Since = known.History.Since ?? heartbeat.LastBeat,
                LastBeat = heartbeat.LastBeat > known.History.LastBeat ? heartbeat.LastBeat : known.History.LastBeat ?? heartbeat.LastBeat,
                Replicas = [],
                StoreIsAway = true,
            };
            return Known.Of(away, known.ReadAt);
        }
    }

    /// <summary>With the availability, which takes longer than to look it up.</summary>
    private sealed record Known(UptimeHistory History, Availability Availability, long ReadAt)
    {
        public static Known Of(UptimeHistory history, long readAt) => new(history, Availability.Of(history), readAt);
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
