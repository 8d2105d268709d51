using System.Diagnostics.Metrics;

namespace ServiceDefaults.Caching;

/// <summary>What the server-side cache saves, in numbers.</summary>
public sealed class CacheMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "ServiceDefaults.Caching";

    private readonly Counter<long> requests;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meters">Where meters come from.</param>
    public CacheMeter(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        requests = meters.Create(Name).CreateCounter<long>("cache.requests", "{request}", "Requests that the cache could have answered, by whether it did.");
    }

    /// <summary>Counts a request.</summary>
    /// <param name="result"><c>hit</c>, or <c>miss</c>.</param>
    public void Asked(string result) => requests.Add(1, new KeyValuePair<string, object?>("cache.result", result));
}
