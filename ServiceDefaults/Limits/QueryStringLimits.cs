using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Limits;

/// <summary>What may stand behind the <c>?</c> of an address. Configuration section <c>Limits:QueryString</c>.</summary>
public sealed class QueryStringLimits
{
    /// <summary>The whole query. Default 4 KiB, room for the answers of OpenID Connect providers; from 256 bytes to 64 KiB. Above it: 414.</summary>
    [Range(256, 64 * 1024)]
    public int Bytes { get; set; } = 4 * 1024;

    /// <summary>How many values. Default 100: what needs more is a form; from 10 to 10,000. Above it: 400.</summary>
    [Range(10, 10_000)]
    public int Values { get; set; } = 100;
}
