using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Identity;
using ServiceDefaults.Sessions;
using Tests.Parts;

namespace Tests.Identity;

/// <summary>Endpoints that do one thing with the sign-in each.</summary>
internal static class SignInEndpoints
{
    public static Task<Site> StartAsync(
        RedisServer redis, Action<WebApplication>? map = null, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        return Site.StartAsync(
            app =>
            {
                Map(app);
                map?.Invoke(app);
            },
            new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>()) { ["REDIS_URL"] = redis.Url },
            services: services);
    }

    public static void Map(WebApplication app)
    {
        app.MapGet("/sign-in/{user}", (HttpContext context, string user) => context.SignInAsync(Principal(user)));
        app.MapGet("/sign-out", (HttpContext context, CancellationToken _) => context.SignOutAsync());
        app.MapGet("/who", (HttpContext context, CancellationToken _) => context.User.Identity?.Name ?? "(nobody)");
        app.MapGet("/id", (HttpContext context, CancellationToken _) => context.Session.Id);
        app.MapGet("/renew", (HttpContext context, CancellationToken _) => context.Session.RenewIdAsync());
        app.MapGet("/set/{key}", (HttpContext context, string key) => context.Session.SetString(key, "1"));
        app.MapGet("/keys", (HttpContext context, CancellationToken _) => string.Join(',', context.Session.Keys.Order()));
        app.MapGet("/clear", (HttpContext context, CancellationToken _) => context.Session.Clear());
        app.MapGet("/secret", () => "secret").RequireAuthorization();
        app.MapPost("/secret", () => "secret").RequireAuthorization();
        app.MapGet("/operators-only", () => "secret").RequireAuthorization(policy => policy.RequireRole("Operator"));
        app.MapGet("/sessions/{user}", (SignedInSessions sessions, string user) => sessions.ListAsync(user, default));
        app.MapGet("/end-all/{user}", (SignedInSessions sessions, string user) => sessions.EndAllAsync(user, except: null, by: user, default));
    }

    public static ClaimsPrincipal Principal(string user) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user), new Claim(ClaimTypes.Name, user)], "password"));

    /// <summary>Signs a new browser in.</summary>
    public static async Task<Visitor> SignedInAsync(this Site site, string user)
    {
        var browser = site.Visitor();
        (await browser.GetAsync($"/sign-in/{user}")).EnsureSuccessStatusCode();
        return browser;
    }

    public static Task<string> WhoAsync(this HttpClient browser) => browser.GetStringAsync("/who");

    /// <summary>Asks as a browser does that shows a page.</summary>
    public static Task<HttpResponseMessage> OpenAsync(this HttpClient browser, string address, HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        request.Headers.Add("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        return browser.SendAsync(request);
    }

    /// <summary>The same browser at another replica.</summary>
    public static Visitor At(this Visitor browser, Site site)
    {
        var moved = site.Visitor();
        foreach (var cookie in browser.Cookies)
        {
            moved.Cookies.Add(cookie);
        }

        return moved;
    }
}
