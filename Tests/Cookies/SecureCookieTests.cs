using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tests.Parts;

namespace Tests.Cookies;

/// <summary>Every cookie follows one policy, whatever the code that writes it asked for.</summary>
public sealed class SecureCookieTests
{
    [Fact]
    public async Task The_session_cookie_is_bound_to_this_host_over_https_for_thirty_days()
    {
        await using var site = await Site.StartAsync(Map);
        using var browser = site.Visitor();

        var cookie = (await browser.GetAsync("/session")).Headers.GetValues("Set-Cookie").Single();

        Assert.Matches("^__Host-shop-session=[A-Za-z0-9_-]{86}; max-age=2592000; path=/; secure; samesite=lax; httponly$", cookie);
    }

    [Fact]
    public async Task A_careless_cookie_is_made_secure()
    {
        await using var site = await Site.StartAsync(Map);
        using var browser = site.Visitor();

        var cookie = (await browser.GetAsync("/careless")).Headers.GetValues("Set-Cookie").Single();

        Assert.Equal("theme=dark; path=/; secure; samesite=lax; httponly", cookie);
    }

    [Fact]
    public async Task In_Development_over_plain_http_the_cookie_works_in_every_client()
    {
        await using var site = await Site.StartAsync(Map, environment: "Development");
        using var browser = new Visitor(site.Address);

        var cookie = (await browser.GetAsync("/session")).Headers.GetValues("Set-Cookie").Single();

        Assert.Matches("^shop-session=[A-Za-z0-9_-]{86}; max-age=2592000; path=/; samesite=lax; httponly$", cookie);
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/session", (HttpContext context, CancellationToken _) => context.Session.SetString("a", "1"));
        app.MapGet("/careless", (HttpContext context, CancellationToken _) => context.Response.Cookies.Append(
            "theme", "dark", new CookieOptions { HttpOnly = false, Secure = false, SameSite = SameSiteMode.None, Domain = "example.com", Path = "/a" }));
    }
}
