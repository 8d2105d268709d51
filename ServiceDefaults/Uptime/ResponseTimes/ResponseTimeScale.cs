namespace ServiceDefaults.Uptime.ResponseTimes;

/// <summary>The classes into which response times are counted: each is a fourth of an octave wide, from 1/16 ms to 65 s.</summary>
/// <remarks>A time that is read from a class is its geometric middle, and off by at most 9.1 % (the eighth root of 2).</remarks>
internal static class ResponseTimeScale
{
    public const int Classes = 80;

    private const double PerOctave = 4;
    private const double ShortestMilliseconds = 1d / 16;

    public static int ClassOf(TimeSpan time) =>
        (int)Math.Clamp(PerOctave * Math.Log2(time.TotalMilliseconds / ShortestMilliseconds), 0, Classes - 1);

    public static TimeSpan TimeOf(int index) => TimeSpan.FromMilliseconds(ShortestMilliseconds * Math.Pow(2, (index + 0.5) / PerOctave));

    /// <summary>The time below which a share of all times lies.</summary>
    /// <param name="counts">How many there are of each class.</param>
    /// <param name="share">Between 0 and 1.</param>
    /// <returns>Null when there are none.</returns>
    public static TimeSpan? Percentile(ReadOnlySpan<long> counts, double share)
    {
        long total = 0;
        foreach (var count in counts)
        {
            total += count;
        }

        var rank = (long)Math.Ceiling(share * total);
        for (var (index, seen) = (0, 0L); index < counts.Length; index++)
        {
            seen += counts[index];
            if (seen >= rank && total > 0)
            {
                return TimeOf(index);
            }
        }

        return null;
    }
}
