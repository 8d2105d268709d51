namespace ServiceDefaults.Uptime;

/// <summary>Where it is kept when this site was ready. Implement it to bring a store of your own.</summary>
/// <remarks>
/// What is kept are outages, and not beats: 16 bytes for each, however many replicas beat and however often. A time in
/// which no replica was ready for longer than <see cref="UptimeRules.Grace"/> is an outage, from the last beat to the next.
/// All times are those of the store, because the clocks of replicas differ. Clocks are also set: a replica whose stopwatch
/// shows that it has hardly waited between two beats vouches for the time between them, whatever the store's clock says.
/// </remarks>
public interface IUptimeRecords
{
    /// <summary>Records that a replica is ready.</summary>
    /// <param name="beat">The beat.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The store's time of this beat.</returns>
    Task<DateTimeOffset> BeatAsync(Beat beat, CancellationToken cancellationToken);

    /// <summary>Forgets a replica that stops in order; one that vanishes is forgotten after <see cref="UptimeRules.Grace"/>.</summary>
    /// <param name="instance">The replica.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when it is forgotten.</returns>
    Task LeaveAsync(string instance, CancellationToken cancellationToken);

    /// <summary>Reads all that is known.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The history, as of the store's time.</returns>
    Task<UptimeHistory> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>A replica is ready.</summary>
/// <param name="Instance">The replica's name.</param>
/// <param name="Version">The version that it runs.</param>
/// <param name="Started">When its process started.</param>
/// <param name="VouchedFrom">
/// The store's time of this replica's previous beat, if its own stopwatch shows at most <see cref="UptimeRules.Grace"/>
/// since then; else null.
/// </param>
public sealed record Beat(string Instance, string Version, DateTimeOffset Started, DateTimeOffset? VouchedFrom);

/// <summary>A replica that has been ready within <see cref="UptimeRules.Grace"/>.</summary>
/// <param name="Instance">Its name.</param>
/// <param name="Version">The version that it runs.</param>
/// <param name="Started">When its process started.</param>
/// <param name="Seen">When it beat last.</param>
public sealed record Replica(string Instance, string Version, DateTimeOffset Started, DateTimeOffset Seen);
