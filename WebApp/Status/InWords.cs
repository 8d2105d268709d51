using System.Globalization;

namespace WebApp.Status;

/// <summary>Numbers and times as people say them; times are in UTC, because the page is the same for everybody.</summary>
internal static class InWords
{
    private const string NoBreak = "\u00a0";

    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => Count((int)span.TotalSeconds, "second"),
        { TotalHours: < 1 } => Count((int)span.TotalMinutes, "minute"),
        { TotalDays: < 1 } => Pair(span.Hours, "hour", span.Minutes, "minute"),
        _ => Pair((int)span.TotalDays, "day", span.Hours, "hour"),
    };

    /// <summary>Rounded down: 100 % means not a second of outage.</summary>
    public static string Percent(double? share) => share is { } value
        ? (Math.Floor(value * 100_000) / 1000).ToString("0.###", English) + NoBreak + "%"
        : "not known yet";

    public static string Milliseconds(TimeSpan? time) => time?.TotalMilliseconds switch
    {
        null => "none",
        < 10 and var ms => ms.ToString("0.0", English) + NoBreak + "ms",
        < 1000 and var ms => ms.ToString("0", English) + NoBreak + "ms",
        var ms => (ms.Value / 1000).ToString("0.0", English) + NoBreak + "s",
    };

    public static string Day(DateOnly day) => day.ToString("d MMMM", English);

    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("d MMMM, HH:mm:ss 'UTC'", English);

    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm", English);

    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", English);

    public static string Number(long number) => number.ToString("N0", English);

    private static string Pair(int first, string firstUnit, int second, string secondUnit) =>
        second == 0 ? Count(first, firstUnit) : $"{Count(first, firstUnit)} {Count(second, secondUnit)}";

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
