using Microsoft.Extensions.Configuration;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Telemetry;

/// <summary>What the checklist asks about telemetry.</summary>
internal static class TelemetryItems
{
    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "telemetry.export",
            Title = "Traces, metrics and logs are sent somewhere",
            Severity = Severity.Warning,
            Fix = "Set OTEL_EXPORTER_OTLP_ENDPOINT to the address of a collector.",
            Check = inspection =>
            {
                var receiver = inspection.Service<IConfiguration>()["OTEL_EXPORTER_OTLP_ENDPOINT"];
                var host = Uri.TryCreate(receiver, UriKind.Absolute, out var address) ? address.Authority : null;
                return new Finding(host is not null, $"OpenTelemetry is sent to {host ?? "nobody"}.");
            },
        },
    ];
}
