using Microsoft.AspNetCore.Http;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Caching;

/// <summary>What the checklist asks about caching.</summary>
internal static class CachingItems
{
    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "caching.default",
            Title = "No cache keeps an answer of which nothing was said",
            Asvs = ["14.2.5", "14.3.2"],
            Fix = "Set Cache-Control in the endpoint that may be cached, and nowhere else.",
            Check = async inspection => FromCacheControl(await inspection.SendAsync(new() { Endpoint = RehearsedRequest.Ok }), "An answer without a hint"),
        },
        new()
        {
            Id = "caching.cookies",
            Title = "No cache keeps an answer that sets a cookie",
            Asvs = ["14.2.5", "14.3.2"],
            Fix = "Put nothing before UseServiceDefaults that sets Cache-Control.",
            Check = async inspection => FromCacheControl(
                await inspection.SendAsync(new()
                {
                    Endpoint = context =>
                    {
                        context.Response.Headers.CacheControl = "public, max-age=60";
                        context.Response.Cookies.Append("rehearsal", "1");
                        return context.Response.WriteAsync("public?");
                    },
                }),
                "An answer that is said to be public, but sets a cookie,"),
        },
    ];

    private static Finding FromCacheControl(RehearsedAnswer answer, string what)
    {
        var value = answer.Headers.CacheControl.ToString();
        return new Finding(
            value.Contains("no-store", StringComparison.Ordinal) && !value.Contains("public", StringComparison.Ordinal), $"{what} was sent with Cache-Control: {(value.Length > 0 ? value : "(none)")}.");
    }
}
