using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Foundation;

/// <summary>Marks responses that no cache may keep, whatever cache hints they have.</summary>
internal sealed class Uncacheable
{
    private static readonly Uncacheable Marker = new();

    private Uncacheable()
    {
    }

    /// <summary>Whether the response is marked.</summary>
    public static bool Is(HttpContext context) => context.Features.Get<Uncacheable>() is not null;

    /// <summary>Marks the response, which must not have started.</summary>
    public static void Mark(HttpContext context) => context.Features.Set(Marker);
}
