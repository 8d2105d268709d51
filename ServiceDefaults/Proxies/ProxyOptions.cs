using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Proxies;

/// <summary>Which reverse proxies are believed. Configuration section <c>Proxies</c>.</summary>
public sealed class ProxyOptions
{
    /// <summary>
    /// Addresses (<c>10.0.0.7</c>) and networks (<c>10.0.0.0/8</c>) whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c>
    /// are believed, beside <c>127.0.0.1</c> and <c>::1</c>. Default: none.
    /// </summary>
    public IList<string> Trusted { get; } = [];

    /// <summary>How many proxies a request passes, counted from the application outwards. Default 1; from 1 to 10.</summary>
    [Range(1, 10, ErrorMessage = "Proxies:Hops must be between 1 and 10.")]
    public int Hops { get; set; } = 1;
}
