using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServiceDefaults.Foundation;

/// <summary>Marks requests that the application sends through its own pipeline before it listens.</summary>
public static class InProcessRequest
{
    /// <summary>Whether a request is one of these: it is no visitor's, so nothing is logged or counted.</summary>
    /// <param name="context">The request.</param>
    /// <returns>True for a request of the application itself.</returns>
    public static bool Is(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<Marker>() is not null;
    }

    /// <summary>Marks a request.</summary>
    internal static void Mark(IFeatureCollection features) => features.Set(new Marker());

    private sealed class Marker;
}
