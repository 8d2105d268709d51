using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Caching;

/// <summary>The way to the hints of a request.</summary>
public static class CacheHintAccess
{
    /// <summary>The hints of this request.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The hints; without <c>UseCacheHints()</c> before, hints that have no effect.</returns>
    public static CacheHints CacheHints(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<CacheDecision>()?.Hints ?? new CacheHints();
    }
}
