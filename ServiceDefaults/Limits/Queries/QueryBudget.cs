using Microsoft.Extensions.Options;

namespace ServiceDefaults.Limits.Queries;

/// <summary>The results that one request may still return. All its queries share it, also parallel ones; nothing gives back or switches it off.</summary>
/// <param name="options">The limits.</param>
internal sealed class QueryBudget(IOptions<QueryLimitOptions> options)
{
    private int spent;

    private int Limit => options.Value.MaxTotalResults;

    /// <summary>How many results a query may fetch at most: one more than is left, which is enough to see that it is too much.</summary>
    public int Cap(int count) => (int)Math.Min((long)count, Math.Max(0, Limit - Volatile.Read(ref spent)) + 1L);

    /// <summary>Takes results out of the budget.</summary>
    /// <exception cref="QueryRefusedException">There are not enough left.</exception>
    public void Spend(string list, int results)
    {
        if (Interlocked.Add(ref spent, results) > Limit)
        {
            Interlocked.Exchange(ref spent, Limit); // stays spent, and cannot overflow
            throw new QueryRefusedException($"The list \"{list}\" goes beyond MaxTotalResults: a request returns at most {Limit} results in all. Ask for less at a time.");
        }
    }
}
