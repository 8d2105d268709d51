namespace ServiceDefaults.Uptime;

/// <summary>A time in which no replica was ready.</summary>
/// <param name="Begin">The last beat before it.</param>
/// <param name="End">The first beat after it; null while it lasts.</param>
public sealed record Outage(DateTimeOffset Begin, DateTimeOffset? End)
{
    /// <summary>How much of it lies between two times.</summary>
    /// <param name="from">The earlier time.</param>
    /// <param name="to">The later time.</param>
    /// <returns>Zero when it lies outside.</returns>
    public TimeSpan Within(DateTimeOffset from, DateTimeOffset to)
    {
        var begin = Begin > from ? Begin : from;
        var end = End < to ? End.Value : to;
        return end > begin ? end - begin : TimeSpan.Zero;
    }
}
