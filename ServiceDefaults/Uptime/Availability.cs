using System.Text.Json.Serialization;

namespace ServiceDefaults.Uptime;

/// <summary>In percent, rounded down to thousandths, so that 100 means no outage at all; null when nothing is known of that time.</summary>
internal sealed record Availability(
    [property: JsonPropertyName("1h")] double? Hour,
    [property: JsonPropertyName("24h")] double? Day,
    [property: JsonPropertyName("30d")] double? Month,
    [property: JsonPropertyName("90d")] double? Quarter)
{
    public static Availability Of(UptimeHistory history) => new(
        Percent(history.Availability(TimeSpan.FromHours(1))),
        Percent(history.Availability(TimeSpan.FromDays(1))),
        Percent(history.Availability(TimeSpan.FromDays(30))),
        Percent(history.Availability(TimeSpan.FromDays(90))));

    private static double? Percent(double? share) => share is { } value ? Math.Floor(value * 100_000) / 1000 : null;
}
