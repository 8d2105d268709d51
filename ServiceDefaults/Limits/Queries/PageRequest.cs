using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Limits.Queries;

/// <summary>Which page a client asks for: <c>?first=20&amp;after=…</c>. The parameter of an endpoint; <see cref="LimitedQueries"/> judges it.</summary>
/// <param name="First">How many results, as it was sent; null when the client leaves it open.</param>
/// <param name="After">The cursor after which the page begins; null for the first page.</param>
public sealed record PageRequest(string? First = null, string? After = null) : IBindableFromHttpContext<PageRequest>
{
    /// <summary>Reads the query string.</summary>
    /// <param name="query">The query string.</param>
    public static PageRequest From(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new PageRequest(query.TryGetValue("first", out var first) ? first.ToString() : null, query.TryGetValue("after", out var after) ? after.ToString() : null);
    }

    static ValueTask<PageRequest?> IBindableFromHttpContext<PageRequest>.BindAsync(HttpContext context, ParameterInfo parameter) => new(From(context.Request.Query));
}
