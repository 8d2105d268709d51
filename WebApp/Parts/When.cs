using System.Globalization;

namespace WebApp.Parts;

/// <summary>Times in words.</summary>
internal static class When
{
    /// <summary>How long ago, or, beyond a month, on which day.</summary>
    public static string Ago(DateTimeOffset time, DateTimeOffset now) => (now - time) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalHours: < 1 } span => Count((int)span.TotalMinutes, "minute"),
        { TotalDays: < 1 } span => Count((int)span.TotalHours, "hour"),
        { TotalDays: < 31 } span => Count((int)span.TotalDays, "day"),
        _ => OnDay(time),
    };

    /// <summary>The day, in UTC.</summary>
    public static string OnDay(DateTimeOffset time) => time.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>For the attribute <c>datetime</c>: HTML allows three digits of a second at most.</summary>
    public static string InHtml(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>For the title: to the minute, in UTC.</summary>
    public static string Exactly(DateTimeOffset time) => time.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit} ago" : $"{number} {unit}s ago";
}
