using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Limits.Queries;

/// <summary>How many results a list and a request may return. Configuration section <c>Limits:Queries</c>.</summary>
public sealed class QueryLimitOptions
{
    /// <summary>The most results of one list, unless <see cref="Lists"/> has its own. Default 100; from 1 to 100,000. Above it: 400.</summary>
    [Range(1, 100_000)]
    public int MaxResults { get; set; } = 100;

    /// <summary>The most results of all the lists of one request together. Default 1,000; from 1 to 1,000,000. Above it: 400.</summary>
    [Range(1, 1_000_000)]
    public int MaxTotalResults { get; set; } = 1000;

    /// <summary>How many results a page has when the client does not say. Default 20; from 1 to 100,000. A list's limit is never exceeded.</summary>
    [Range(1, 100_000)]
    public int PageSize { get; set; } = 20;

    /// <summary><see cref="MaxResults"/> for single lists, by name. Default: none; each from 1 to 100,000.</summary>
    public IDictionary<string, int> Lists { get; } = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);

    internal int MaxResultsOf(string list) => Lists.TryGetValue(list, out var own) ? own : MaxResults;
}
