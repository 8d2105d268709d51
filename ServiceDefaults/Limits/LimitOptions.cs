using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Limits;

/// <summary>How much one request, and one client, may ask for. Configuration section <c>Limits</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>The largest request body. Default 1 MiB; from 1 KiB to 1 GiB. Above it: 413.</summary>
    [Range(1024L, 1024L * 1024 * 1024)]
    public long BodyBytes { get; set; } = 1024 * 1024;

    /// <summary>How long a request may take. Default 30 s; from 1 s to 10 min. Above it: 504.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests one client address may send in ten seconds. Default 1,000; from 1 to 1,000,000. Above it: 429.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerTenSeconds { get; set; } = 1000;
}
