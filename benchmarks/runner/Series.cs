using System.Globalization;

namespace Benchmarks;

/// <summary>One figure, once a round.</summary>
internal sealed record Series(IReadOnlyList<double> Values)
{
    public double Median
    {
        get
        {
            var sorted = Values.Order().ToArray();
            return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
        }
    }

    public double Lowest => Values.Min();

    public double Highest => Values.Max();

    /// <summary>Round by round, so that both sides of a pair have seen the same machine.</summary>
    public Series Over(Series other) => new([.. Values.Zip(other.Values, (mine, theirs) => mine / theirs)]);

    /// <summary>The median, and the range in parentheses.</summary>
    public string ToString(string format) => string.Create(
        CultureInfo.InvariantCulture, $"{Median.ToString(format, CultureInfo.InvariantCulture)} ({Lowest.ToString(format, CultureInfo.InvariantCulture)}–{Highest.ToString(format, CultureInfo.InvariantCulture)})");
}
