using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Limits;

/// <summary>How often one client may ask: one address, or one /64 network of IPv6. Configuration section <c>Limits:Rate</c>. Above it: 429.</summary>
public sealed class RateLimits
{
    /// <summary>The time in which the numbers below may be used up; they come back evenly over as long. Default 10 s; from 1 s to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>All requests, but for static files and probes. Default 1,000: an office behind one address; from 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int Requests { get; set; } = 1000;

    /// <summary>Those that may change something: neither GET, HEAD, OPTIONS nor TRACE. Default 100; from 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int Writes { get; set; } = 100;
}
