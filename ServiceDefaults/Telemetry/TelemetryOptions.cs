using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Telemetry;

/// <summary>How much telemetry is sent. Configuration section <c>Monitoring</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>
    /// The share of traces that are sent. Default 1: all of them; from 0 to 1. Spans that end in an error are sent in any case.
    /// </summary>
    [Range(0d, 1d)]
    public double TraceRatio { get; set; } = 1;
}
