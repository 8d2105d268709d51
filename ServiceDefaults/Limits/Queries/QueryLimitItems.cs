using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Limits.Queries;

/// <summary>What the checklist asks about queries.</summary>
internal static class QueryLimitItems
{
    private const string Refused = "refused";

    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "query-limits.budget",
            Title = "A list returns only so many results, and so do all the lists of a request together",
            Asvs = ["4.3.1"],
            Options = typeof(QueryLimitOptions),
            Fix = "Leave LimitedQueries and its budget to AddLimits: one of them for each request.",
            Check = async inspection =>
            {
                var limits = inspection.Options<QueryLimitOptions>();
                var list = await QueryAsync(inspection, limits.MaxResults + 1, limits.MaxResults + 1);
                var within = await QueryAsync(inspection, limits.MaxTotalResults, limits.MaxResults);
                var beyond = await QueryAsync(inspection, limits.MaxTotalResults + 1, limits.MaxResults);
                return new Finding(
                    list == Refused && within != Refused && beyond == Refused,
                    string.Create(CultureInfo.InvariantCulture, $"A list of {limits.MaxResults + 1:N0} results was {list}; a request that asked for {limits.MaxTotalResults:N0} results in all was {within}, one that asked for one more {beyond}."));
            },
        },
    ];

    /// <summary>What becomes of a request for so many results, by queries of so many each.</summary>
    private static async Task<string> QueryAsync(Inspection inspection, int results, int each)
    {
        var answer = await inspection.SendAsync(new()
        {
            Endpoint = async context =>
            {
                for (var left = results; left > 0; left -= each)
                {
                    var limited = context.RequestServices.GetRequiredService<LimitedQueries>();
                    await limited.AllAsync("rehearsal", Enumerable.Range(0, Math.Min(left, each)).ToAsyncEnumerable(), context.RequestAborted);
                }
            },
        });
        return answer.Status switch
        {
            StatusCodes.Status200OK => "answered",
            StatusCodes.Status400BadRequest => Refused,
            _ => $"answered {answer.Status}",
        };
    }
}
