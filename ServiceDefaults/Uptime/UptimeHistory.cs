namespace ServiceDefaults.Uptime;

/// <summary>When this site was ready, as far as it is known.</summary>
/// <param name="Now">The time as of which this is true, by the store's clock.</param>
/// <param name="Since">The first beat; nothing is known of the time before. Null when there has been none.</param>
/// <param name="LastBeat">The last beat of any replica.</param>
/// <param name="Past">The outages that are over, the oldest first.</param>
/// <param name="Replicas">The replicas that are ready, by name.</param>
public sealed record UptimeHistory(
    DateTimeOffset Now, DateTimeOffset? Since, DateTimeOffset? LastBeat, IReadOnlyList<Outage> Past, IReadOnlyList<Replica> Replicas)
{
    /// <summary>What is known before the first beat.</summary>
    public static UptimeHistory Unknown { get; } = new(default, null, null, [], []);

    /// <summary>Whether the store cannot be reached from here: the site needs it, so that this is an outage from the last beat on.</summary>
    public bool StoreIsAway { get; init; }

    /// <summary>Whether a replica is ready.</summary>
    public bool IsUp => LastBeat is not null && Current is null;

    /// <summary>The outage that lasts; null when there is none.</summary>
    public Outage? Current => LastBeat is { } last && (StoreIsAway || Now - last > UptimeRules.Grace) ? new Outage(last, null) : null;

    /// <summary>All outages, the latest first.</summary>
    public IEnumerable<Outage> Outages => Current is { } current ? Past.Reverse().Prepend(current) : Past.Reverse();

    /// <summary>The part of a time up to now in which a replica was ready. What is not known does not count.</summary>
    /// <param name="window">How far back.</param>
    /// <returns>From 0 to 1; null when nothing is known of that time.</returns>
    public double? Availability(TimeSpan window) => Share(Now - window, Now).Availability;

    /// <summary>The last days, in UTC, today being the last.</summary>
    /// <param name="count">How many.</param>
    /// <returns>A day each.</returns>
    public IReadOnlyList<UptimeDay> Days(int count)
    {
        var today = new DateTimeOffset(Now.UtcDateTime.Date, TimeSpan.Zero);
        return
        [
            .. Enumerable.Range(0, count).Select(i => today.AddDays(i - count + 1)).Select(day =>
            {
                var (known, down) = Share(day, day.AddDays(1));
                return new UptimeDay(DateOnly.FromDateTime(day.UtcDateTime), known, down);
            }),
        ];
    }

    private UptimeShare Share(DateTimeOffset from, DateTimeOffset to)
    {
        from = Since > from ? Since.Value : from;
        to = Now < to ? Now : to;
        return Since is null || to <= from
            ? default
            : new UptimeShare(to - from, Outages.Aggregate(TimeSpan.Zero, (sum, outage) => sum + outage.Within(from, to)));
    }

    private readonly record struct UptimeShare(TimeSpan Known, TimeSpan Down)
    {
        public double? Availability => Known > TimeSpan.Zero ? 1 - (Down / Known) : null;
    }
}

/// <summary>A day in UTC.</summary>
/// <param name="Date">The day.</param>
/// <param name="Known">How much of it is known; zero before the first beat.</param>
/// <param name="Down">How much of that no replica was ready.</param>
public sealed record UptimeDay(DateOnly Date, TimeSpan Known, TimeSpan Down);
