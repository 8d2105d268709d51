using System.Text.Json.Serialization;

namespace ServiceDefaults.Monitoring.Uptime;

/// <summary>In percent, rounded down to thousandths; null when nothing is known of that time.</summary>
internal sealed record Availability(
    [property: JsonPropertyName("1h")] double? Hour,
    [property: JsonPropertyName("24h")] double? Day,
    [property: JsonPropertyName("30d")] double? Month,
    [property: JsonPropertyName("90d")] double? Quarter);
