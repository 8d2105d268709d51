using ServiceDefaults.Uptime;

namespace WebApp.Status;

/// <summary>A day as a mark in the bar: a colour, and the same in words.</summary>
/// <param name="Style">The mark's class.</param>
/// <param name="Words">What it says.</param>
public sealed record DayMark(string Style, string Words)
{
    public static DayMark Of(UptimeDay day)
    {
        var words = day switch
        {
            { Known.Ticks: 0 } => "not known",
            { Down.Ticks: 0 } => "no outage",
            _ => $"down for {InWords.Span(day.Down)}, {InWords.Percent(1 - (day.Down / day.Known))} available",
        };
        var style = day switch
        {
            { Known.Ticks: 0 } => "unknown",
            { Down.Ticks: 0 } => "up",
            _ when day.Down / day.Known > 0.05 => "down", // more than an hour and twelve minutes of a whole day
            _ => "shaken",
        };
        return new DayMark(style, $"{InWords.Day(day.Date)}: {words}");
    }
}
