using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Limits.Queries;

/// <summary>Runs the queries of one request within the limits. What is too much is refused; nothing is cut off silently.</summary>
public sealed class LimitedQueries
{
    private readonly QueryLimitOptions limits;
    private readonly QueryBudget budget;
    private readonly Cursors cursors;

    internal LimitedQueries(IOptions<QueryLimitOptions> options, QueryBudget budget, Cursors cursors)
    {
        limits = options.Value;
        this.budget = budget;
        this.cursors = cursors;
    }

    /// <summary>A fetch of at most so many results that come after a position, in the list's order.</summary>
    /// <param name="after">The position; null at the beginning.</param>
    /// <param name="count">How many at most.</param>
    public delegate Task<IReadOnlyList<T>> Fetch<T>(string? after, int count);

    /// <summary>A page of a store of your own.</summary>
    /// <param name="list">The list's name: in <c>Limits:Queries:Lists</c>, in refusals, and in cursors.</param>
    /// <param name="page">What the client asks for.</param>
    /// <param name="fetch">Fetches from the store.</param>
    /// <param name="position">The position of a result: unique, and for ever.</param>
    /// <exception cref="QueryRefusedException">The page is too large, or the cursor is not one of this list.</exception>
    public async Task<Page<T>> PageAsync<T>(string list, PageRequest page, Fetch<T> fetch, Func<T, string> position)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(fetch);
        ArgumentNullException.ThrowIfNull(position);
        var first = FirstOf(list, page);
        var after = AfterOf(list, page);
        var fetched = await fetch(after, budget.Cap(first + 1));
        var items = fetched.Count > first ? [.. fetched.Take(first)] : fetched;
        budget.Spend(list, items.Count);
        return new Page<T>(items, fetched.Count > first ? cursors.Make(list, position(items[^1])) : null);
    }

    /// <summary>A page of a query, in the order of a key.</summary>
    /// <param name="list">The list's name: in <c>Limits:Queries:Lists</c>, in refusals, and in cursors.</param>
    /// <param name="page">What the client asks for.</param>
    /// <param name="query">The query, without an order.</param>
    /// <param name="key">What it is ordered by: a number, a text or a time, different for each item.</param>
    /// <param name="descending">Whether the largest comes first.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="QueryRefusedException">The page is too large, or the cursor is not one of this list.</exception>
    public Task<Page<T>> PageAsync<T, TKey>(
        string list, PageRequest page, IQueryable<T> query, Expression<Func<T, TKey>> key, bool descending = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        var keyOf = new Lazy<Func<T, TKey>>(key.Compile);
        return PageAsync(
            list,
            page,
            (after, count) => FetchAsync(KeyOrder.Apply(query, key, after is null ? default : JsonSerializer.Deserialize<TKey>(after), isAfter: after is not null, descending).Take(count), cancellationToken),
            item => JsonSerializer.Serialize(keyOf.Value(item)));
    }

    /// <summary>All results of a query that has no pages.</summary>
    /// <param name="list">The list's name.</param>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="QueryRefusedException">There are more than the limit.</exception>
    public async Task<IReadOnlyList<T>> AllAsync<T>(string list, IQueryable<T> query, CancellationToken cancellationToken = default)
    {
        var limit = limits.MaxResultsOf(list);
        return Checked(list, limit, await FetchAsync(query.Take(budget.Cap(limit + 1)), cancellationToken));
    }

    /// <summary>All results of a stream that has no pages.</summary>
    /// <param name="list">The list's name.</param>
    /// <param name="results">The results; no more are asked for than it takes to see that there are too many.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    /// <exception cref="QueryRefusedException">There are more than the limit.</exception>
    public async Task<IReadOnlyList<T>> AllAsync<T>(string list, IAsyncEnumerable<T> results, CancellationToken cancellationToken = default)
    {
        var limit = limits.MaxResultsOf(list);
        return Checked(list, limit, await results.Take(budget.Cap(limit + 1)).ToListAsync(cancellationToken));
    }

    /// <summary>How many results a query has: one result of the budget, and the limits of everything else stay.</summary>
    /// <param name="list">The list's name.</param>
    /// <param name="query">The query.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<int> CountAsync<T>(string list, IQueryable<T> query, CancellationToken cancellationToken = default)
    {
        budget.Spend(list, 1);
        return (await FetchAsync(query.GroupBy(_ => 1).Select(group => group.Count()), cancellationToken)).SingleOrDefault(); // Count() would block
    }

    private static async Task<IReadOnlyList<T>> FetchAsync<T>(IQueryable<T> query, CancellationToken cancellationToken) =>
        query is IAsyncEnumerable<T> database ? await database.ToListAsync(cancellationToken) : [.. query];

    private IReadOnlyList<T> Checked<T>(string list, int limit, IReadOnlyList<T> results)
    {
        budget.Spend(list, results.Count);
        return results.Count <= limit ? results : throw new QueryRefusedException($"The list \"{list}\" has more results than MaxResults allows, which is {limit}. Ask for less.");
    }

    private int FirstOf(string list, PageRequest page)
    {
        var limit = limits.MaxResultsOf(list);
        if (page.First is null)
        {
            return Math.Min(limits.PageSize, limit);
        }

        return int.TryParse(page.First, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first >= 1 && first <= limit
            ? first
            : throw new QueryRefusedException($"\"first\" must be a whole number from 1 to {limit}: that is MaxResults of the list \"{list}\".", "first");
    }

    private string? AfterOf(string list, PageRequest page) => page.After is null
        ? null
        : cursors.Read(list, page.After)
            ?? throw new QueryRefusedException($"\"after\" is no cursor of the list \"{list}\", or is too old. Begin again without it.", "after");
}
