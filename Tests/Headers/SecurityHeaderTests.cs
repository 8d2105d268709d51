using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Tests.Parts;

namespace Tests.Headers;

/// <summary>Every answer carries the security headers, however it came about.</summary>
public sealed class SecurityHeaderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("files-").FullName;

    [Theory]
    [InlineData("/ok", 200)]
    [InlineData("/throws", 500)]
    [InlineData("/redirects", 302)]
    [InlineData("/is-not-there", 404)]
    [InlineData("/sabotage", 200)]
    [InlineData("/sabotage-late", 200)]
    [InlineData("/starts-at-once", 200)]
    [InlineData("/alive", 200)]
    [InlineData("/ready", 200)]
    public async Task Every_answer_has_them(string path, int status)
    {
        await using var site = await Site.StartAsync(Map);
        using var browser = site.Visitor();
        browser.DefaultRequestHeaders.Host = "shop.example"; // HSTS is for names

        var response = await browser.GetAsync(path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Equal("strict-origin-when-cross-origin", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal("require-corp", response.Headers.GetValues("Cross-Origin-Embedder-Policy").Single());
        Assert.Contains("camera=()", response.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("max-age=63072000; includeSubDomains", response.Headers.GetValues("Strict-Transport-Security").Single());
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("X-Powered-By"));
    }

    [Fact]
    public async Task A_file_a_refused_host_and_a_redirect_to_HTTPS_have_them()
    {
        await using var site = await Site.StartAsync(app =>
        {
            using var file = File.CreateText(Path.Combine(root, "file.txt"));
            app.Environment.WebRootFileProvider = new PhysicalFileProvider(root);
            app.UseStaticFiles();
        });
        using var browser = site.Visitor();
        using var plain = new Visitor(site.Address);
        using var foreign = site.Visitor();
        foreign.DefaultRequestHeaders.Host = "evil.example";

        HttpResponseMessage[] answers = [await browser.GetAsync("/file.txt"), await foreign.GetAsync("/"), await plain.GetAsync("/")];

        Assert.Equal([200, 400, 308], answers.Select(answer => (int)answer.StatusCode));
        Assert.All(answers, answer => Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single()));
    }

    [Fact]
    public async Task Plain_http_is_redirected_once()
    {
        await using var site = await Site.StartAsync(Map);
        using var plain = new Visitor(site.Address);

        var redirect = await plain.GetAsync("/ok?a=b");
        Assert.Equal(308, (int)redirect.StatusCode);
        Assert.Equal($"https://{site.Address.Host}/ok?a=b", redirect.Headers.Location!.ToString());
        Assert.Single(site.Log.Entries, entry => entry.Message.Contains("came over plain HTTP, without X-Forwarded-Proto", StringComparison.Ordinal));
        Assert.False(redirect.Headers.Contains("Strict-Transport-Security")); // means nothing over plain HTTP
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

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static void Sabotage(IHeaderDictionary headers)
    {
        headers.Clear();
        headers.ContentSecurityPolicy = new(["default-src *", "script-src 'unsafe-inline'"]);
        headers["Cross-Origin-Opener-Policy"] = "unsafe-none";
        headers.XContentTypeOptions = "";
        headers.StrictTransportSecurity = "max-age=0";
        headers.Server = "Kestrel";
        headers.XPoweredBy = "ASP.NET";
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/ok", () => "ok");
        app.MapGet("/throws", _ => throw new InvalidOperationException("boom"));
        app.MapGet("/redirects", () => Results.Redirect("/ok"));
        app.MapGet("/starts-at-once", (HttpResponse response) => response.StartAsync());
        app.MapGet("/sabotage", (HttpResponse response) => Sabotage(response.Headers));
        app.MapGet("/sabotage-late", (HttpResponse response) => response.OnStarting(() =>
        {
            Sabotage(response.Headers);
            return Task.CompletedTask;
        }));
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
