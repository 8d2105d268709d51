using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tests.Parts;

namespace Tests.Headers;

/// <summary>Every answer carries the security headers, however it came about.</summary>
public sealed class SecurityHeaderTests
{
    [Theory]
    [InlineData("/ok", 200)]
    [InlineData("/throws", 500)]
    [InlineData("/redirects", 302)]
    [InlineData("/is-not-there", 404)]
    [InlineData("/alive", 200)]
    [InlineData("/ready", 200)]
    public async Task Every_answer_has_them(string path, int status)
    {
        await using var site = await Site.StartAsync(Map);
        using var browser = site.Visitor();

        var response = await browser.GetAsync(path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Equal("strict-origin-when-cross-origin", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(response.Headers.Contains("Permissions-Policy"));
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Plain_http_is_redirected_once_and_https_is_pinned_for_two_years()
    {
        await using var site = await Site.StartAsync(Map);
        using var plain = new Visitor(site.Address);
        using var secure = site.Visitor();
        secure.DefaultRequestHeaders.Host = "shop.example";

        var redirect = await plain.GetAsync("/ok?a=b");
        Assert.Equal(308, (int)redirect.StatusCode);
        Assert.Equal($"https://{site.Address.Host}/ok?a=b", redirect.Headers.Location!.ToString());
        Assert.Single(site.Log.Entries, entry => entry.Message.Contains("came over plain HTTP, without X-Forwarded-Proto", StringComparison.Ordinal));
        Assert.Equal("max-age=63072000; includeSubDomains", (await secure.GetAsync("/ok")).Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/ready")]
    [InlineData("/health")]
    [InlineData("/uptime")]
    public async Task Probes_are_never_redirected(string path)
    {
        await using var site = await Site.StartAsync(Map);
        using var plain = new Visitor(site.Address);

        Assert.Equal(200, (int)(await plain.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Nothing_is_cached_unless_the_endpoint_says_so_and_never_with_a_cookie()
    {
        await using var site = await Site.StartAsync(Map);
        using var browser = site.Visitor();

        Assert.Equal("no-store, private", (await browser.GetAsync("/ok")).Headers.CacheControl!.ToString());
        Assert.Equal("public, max-age=60", (await browser.GetAsync("/public")).Headers.CacheControl!.ToString());
        Assert.Equal("no-store, private", (await browser.GetAsync("/public-with-cookie")).Headers.CacheControl!.ToString());
        Assert.Equal("no-store, private", (await browser.GetAsync("/public-error")).Headers.CacheControl!.ToString());
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/ok", () => "ok");
        app.MapGet("/throws", _ => throw new InvalidOperationException("boom"));
        app.MapGet("/redirects", () => Results.Redirect("/ok"));
        app.MapGet("/public", (HttpResponse response) => response.Headers.CacheControl = "public, max-age=60");
        app.MapGet("/public-error", (HttpResponse response) =>
        {
            response.Headers.CacheControl = "public, max-age=60";
            return Results.NotFound();
        });
        app.MapGet("/public-with-cookie", (HttpContext context, CancellationToken _) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=60";
            context.Session.SetString("a", "1");
        });
    }
}
