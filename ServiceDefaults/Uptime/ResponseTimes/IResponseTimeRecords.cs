namespace ServiceDefaults.Uptime.ResponseTimes;

/// <summary>Where response times are kept, counted by class and by slots of a quarter of an hour.</summary>
public interface IResponseTimeRecords
{
    /// <summary>Adds what a replica has counted.</summary>
    /// <param name="time">When, by the store's clock.</param>
    /// <param name="counts">How many responses there were of each class.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when they are added.</returns>
    Task AddAsync(DateTimeOffset time, IReadOnlyList<long> counts, CancellationToken cancellationToken);

    /// <summary>Reads the last 24 hours.</summary>
    /// <param name="now">The store's time.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>96 slots, the oldest first; the last one is the current one.</returns>
    Task<IReadOnlyList<ResponseTimeSlot>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>The responses of a quarter of an hour.</summary>
/// <param name="Begin">When it begins.</param>
/// <param name="Counts">How many there were of each class of <see cref="ResponseTimeScale"/>.</param>
public sealed record ResponseTimeSlot(DateTimeOffset Begin, IReadOnlyList<long> Counts)
{
    /// <summary>The length of a slot: 15 minutes.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>How many slots a day has: 96.</summary>
    public const int PerDay = 96;

    /// <summary>How many responses there were.</summary>
    public long Total => Counts.Sum();

    /// <summary>The time below which a share of the responses was.</summary>
    /// <param name="share">Between 0 and 1.</param>
    /// <returns>Off by at most 9.1 %; null when there were no responses.</returns>
    public TimeSpan? Percentile(double share) => ResponseTimeScale.Percentile([.. Counts], share);

    /// <summary>Several slots as one.</summary>
    /// <param name="slots">At least one, the oldest first.</param>
    /// <returns>All their responses together.</returns>
    public static ResponseTimeSlot Sum(IReadOnlyList<ResponseTimeSlot> slots)
    {
        ArgumentNullException.ThrowIfNull(slots);
        var counts = new long[ResponseTimeScale.Classes];
        foreach (var slot in slots)
        {
            for (var i = 0; i < slot.Counts.Count; i++)
            {
                counts[i] += slot.Counts[i];
            }
        }

        return new ResponseTimeSlot(slots[0].Begin, counts);
    }

    /// <summary>The slots of the 24 hours up to a time.</summary>
    internal static IEnumerable<DateTimeOffset> LastDay(DateTimeOffset now)
    {
        var current = Of(now);
        return Enumerable.Range(0, PerDay).Select(i => current - ((PerDay - 1 - i) * Length));
    }

    internal static DateTimeOffset Of(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Length.Ticks), TimeSpan.Zero);
}
