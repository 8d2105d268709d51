using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Health;

/// <summary>How this process behaves towards those that watch it. Configuration section <c>Monitoring</c>.</summary>
public sealed class HealthOptions
{
    /// <summary>
    /// How long requests are still served after the process was asked to stop. Default 5 s, the period of common load
    /// balancers' probes; none in Development, where nobody balances; at most 20 s, so that the host's 30 s suffice.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20")]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.FromSeconds(5);
}
