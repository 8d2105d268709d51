using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Limits;

/// <summary>What may stand before the body of a request. Configuration section <c>Limits:Headers</c>. The server refuses the rest itself.</summary>
public sealed class HeaderLimits
{
    /// <summary>The first line: method, address and version. Default 8 KiB, which RFC 9112 (3) recommends as the least; from 1 to 64 KiB. Above it: 414.</summary>
    [Range(1024, 64 * 1024)]
    public int RequestLineBytes { get; set; } = 8 * 1024;

    /// <summary>How many headers. Default 100, as Apache and Kestrel have it; from 20 to 1,000. Above it: 431.</summary>
    [Range(20, 1000)]
    public int Count { get; set; } = 100;

    /// <summary>All headers together. Default 32 KiB, as Kestrel has it; from 4 KiB to 1 MiB. Above it: 431.</summary>
    [Range(4 * 1024, 1024 * 1024)]
    public int TotalBytes { get; set; } = 32 * 1024;

    /// <summary>One header, with HTTP/2 and HTTP/3; before, only the total counts. Default 16 KiB; from 1 KiB to 1 MiB. Above it: the connection is closed.</summary>
    [Range(1024, 1024 * 1024)]
    public int FieldBytes { get; set; } = 16 * 1024;

    /// <summary>How long all of it may take to arrive. Default 10 s; from 1 s to a minute. Above it: 408.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Time { get; set; } = TimeSpan.FromSeconds(10);
}
