using System.Globalization;
using System.Text;
using ServiceDefaults.Uptime.ResponseTimes;

namespace WebApp.Status;

/// <summary>The response times of a day as lines over a logarithmic scale: 0 to 100 in both directions, the origin at the top left.</summary>
public sealed class ResponseTimeChart
{
    private const int SlotsPerHour = 4;

    private readonly IReadOnlyList<ResponseTimeSlot> slots;
    private readonly double lowest;
    private readonly double decades;

    public ResponseTimeChart(IReadOnlyList<ResponseTimeSlot> slots)
    {
        this.slots = slots;
        Day = slots.Count > 0 ? ResponseTimeSlot.Sum(slots) : new ResponseTimeSlot(default, []);
        var times = slots.SelectMany(slot => new[] { slot.Percentile(.5), slot.Percentile(.99) }).OfType<TimeSpan>().Select(time => Math.Log10(time.TotalMilliseconds)).ToArray();
        lowest = Math.Floor(times.DefaultIfEmpty(0).Min());
        decades = Math.Max(1, Math.Ceiling(times.DefaultIfEmpty(1).Max()) - lowest);
        Lines =
        [
            Line("half", "half of the responses (p50)", .5),
            Line("most", "95 of 100 (p95)", .95),
            Line("nearly-all", "99 of 100 (p99)", .99),
        ];
        Levels = [.. Enumerable.Range(0, (int)decades + 1).Select(i => new Mark(InWords.Milliseconds(TimeSpan.FromMilliseconds(Math.Pow(10, lowest + i))).Replace(".0", "", StringComparison.Ordinal), Text(100 - (100 * i / decades))))];
        Hours = [.. slots.Index().Where(slot => slot.Item.Begin.UtcDateTime is { Minute: 0, Hour: var hour } && hour % 6 == 0)
            .Select(slot => new Mark(InWords.Clock(slot.Item.Begin), Text(100d * slot.Index / (slots.Count - 1))))];
        Rows = [.. slots.Chunk(SlotsPerHour).Select(ResponseTimeSlot.Sum).Where(hour => hour.Total > 0).Reverse()];
    }

    /// <summary>All responses of the day.</summary>
    public ResponseTimeSlot Day { get; }

    public IReadOnlyList<Curve> Lines { get; }

    /// <summary>The powers of ten, from the bottom.</summary>
    public IReadOnlyList<Mark> Levels { get; }

    /// <summary>Every sixth full hour.</summary>
    public IReadOnlyList<Mark> Hours { get; }

    /// <summary>The hours that had responses, the latest first.</summary>
    public IReadOnlyList<ResponseTimeSlot> Rows { get; }

    private Curve Line(string style, string name, double share)
    {
        var path = new StringBuilder();
        var isDown = false;
        foreach (var (index, slot) in slots.Index())
        {
            var time = slot.Percentile(share);
            if (time is { } value)
            {
                var y = 100 - (100 * (Math.Log10(value.TotalMilliseconds) - lowest) / decades);
                path.Append(CultureInfo.InvariantCulture, $"{(isDown ? 'L' : 'M')}{Text(100d * index / (slots.Count - 1))} {Text(y)}");
                path.Append(isDown ? "" : "h0"); // a quarter of an hour alone is a dot
            }

            isDown = time is not null;
        }

        return new Curve(style, name, path.ToString());
    }

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <param name="Style">The line's class.</param>
    /// <param name="Name">What it is, in words.</param>
    /// <param name="Path">The line, as the attribute <c>d</c> of an SVG path; it has a gap where there were no responses.</param>
    public sealed record Curve(string Style, string Name, string Path);

    /// <param name="Label">What stands there.</param>
    /// <param name="At">Where, from 0 to 100.</param>
    public sealed record Mark(string Label, string At);
}
