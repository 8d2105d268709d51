using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Cookies;

/// <summary>What the checklist asks about cookies.</summary>
internal static class CookieItems
{
    private static readonly string[] Policy = ["; path=/", "; secure", "; samesite=lax", "; httponly"];

    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "cookies.policy",
            Title = "A cookie is Secure, HttpOnly and SameSite, whatever the code that writes it asks for",
            Asvs = ["3.3.1", "3.3.2", "3.3.4"],
            Fix = "Leave CookiePolicyOptions to AddSecureCookies, and UseSecureCookies where it is in RequestPipeline.cs.",
            Check = async inspection =>
            {
                var careless = new CookieOptions { HttpOnly = false, Secure = false, SameSite = SameSiteMode.None, Domain = "example.com", Path = "/a" };
                var answer = await inspection.SendAsync(new() { Endpoint = Writes(context => context.Response.Cookies.Append("careless", "1", careless)) });
                var holds = answer.Cookies is [var cookie] && Policy.All(cookie.Contains) && !cookie.Contains("domain", StringComparison.Ordinal);
                return new Finding(holds, $"A careless cookie was written as: {answer.DescribeCookies()}.");
            },
        },
        new()
        {
            Id = "cookies.prefix",
            Title = "The antiforgery cookie is bound to exactly this host by the prefix __Host-",
            Asvs = ["3.3.1", "3.3.3", "3.5.1"],
            Needs = "sessions.redis",
            Fix = "Leave AntiforgeryOptions.Cookie.Name to AddSecureCookies.",
            Check = async inspection =>
            {
                var antiforgery = inspection.Service<IAntiforgery>();
                var answer = await inspection.SendAsync(new() { Endpoint = Writes(context => antiforgery.GetAndStoreTokens(context)) });
                return new Finding(answer.Cookies is [var cookie] && cookie.StartsWith(SecureCookies.HostPrefix, StringComparison.Ordinal), $"It was written as: {answer.DescribeCookies()}.");
            },
        },
    ];

    private static RequestDelegate Writes(Action<HttpContext> write) => context =>
    {
        write(context);
        return Task.CompletedTask;
    };
}
