using System.Diagnostics.Metrics;

namespace ServiceDefaults.Limits;

/// <summary>Which limits are hit, in numbers.</summary>
public sealed class LimitMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "ServiceDefaults.Limits";

    private readonly Counter<long> hits;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Where meters come from.</param>
    public LimitMeter(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        hits = meters.Create(Name).CreateCounter<long>("limit.hits", "{hit}", "Requests that hit a limit, by its kind.");
    }

    /// <summary>Counts a request that hit a limit.</summary>
    /// <param name="kind">Which: <c>rate-requests</c>, <c>request-time</c>, <c>body-bytes</c> or another word of a fixed set; never anything of the request.</param>
    public void Hit(string kind) => hits.Add(1, new KeyValuePair<string, object?>("limit.kind", kind));
}
