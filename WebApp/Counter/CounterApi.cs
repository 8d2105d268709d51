using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Sessions;

namespace WebApp.Counter;

/// <summary>Counts the visits of one browser.</summary>
internal static class CounterApi
{
    /// <summary>The count's key in the session.</summary>
    public const string Key = "views";

    public static void MapCounter(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/counter", CountAsync).AllowAnonymous();

    private static async Task<Ok<Count>> CountAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var views = await context.Session.IncrementAsync(Key, cancellationToken: cancellationToken);
        return TypedResults.Ok(new Count(views));
    }

    internal sealed record Count(int Views);
}
