using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace ServiceDefaults.Caching;

/// <summary>Hints on endpoints and pages.</summary>
public static class CacheHintConventions
{
    /// <summary>Says how long, and for whom, the answers of an endpoint, or of a group of them, may be kept.</summary>
    /// <typeparam name="TBuilder">The kind of endpoint.</typeparam>
    /// <param name="endpoint">The endpoint or the group. What an endpoint sets overrides what its group sets.</param>
    /// <param name="maxAge">How long; not set means 0, which is not at all. Up to 365 days.</param>
    /// <param name="scope">For whom; not set means <see cref="CacheScope.Private"/>.</param>
    /// <param name="tags">Names under which the server's cache can be told to drop the answers.</param>
    /// <param name="varyBy">The request headers on which the answers depend.</param>
    /// <returns>The same endpoint.</returns>
    public static TBuilder CacheHint<TBuilder>(
        this TBuilder endpoint, TimeSpan? maxAge = null, CacheScope? scope = null, IReadOnlyList<string>? tags = null, IReadOnlyList<string>? varyBy = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new CacheHint(maxAge, scope, tags, varyBy));

    /// <summary>The same for a Razor page, in <c>RazorPagesOptions.Conventions</c>.</summary>
    /// <param name="pages">The conventions.</param>
    /// <param name="page">The page, as <c>/Home/Index</c>.</param>
    /// <param name="maxAge">How long; not set means 0, which is not at all. Up to 365 days.</param>
    /// <param name="scope">For whom; not set means <see cref="CacheScope.Private"/>.</param>
    /// <param name="tags">Names under which the server's cache can be told to drop the answers.</param>
    /// <param name="varyBy">The request headers on which the answers depend.</param>
    /// <returns>The same conventions.</returns>
    public static PageConventionCollection CacheHint(
        this PageConventionCollection pages, string page, TimeSpan? maxAge = null, CacheScope? scope = null, IReadOnlyList<string>? tags = null, IReadOnlyList<string>? varyBy = null)
    {
        var hint = new CacheHint(maxAge, scope, tags, varyBy);
        pages.AddPageApplicationModelConvention(page, model => model.EndpointMetadata.Add(hint));
        return pages;
    }
}
