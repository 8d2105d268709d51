using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Headers;
using Tests.Browser;
using Tests.Parts;

namespace Tests.Headers;

/// <summary>An inline script runs when the page gave it the nonce of this one answer, and no other does.</summary>
public sealed partial class NonceTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Each_answer_has_its_own_and_only_those_that_asked_for_one()
    {
        await using var site = await StartAsync();
        using var browser = site.Visitor();

        var one = await NonceAsync(browser, "/inline");
        var two = await NonceAsync(browser, "/inline");

        Assert.Equal(16, Convert.FromBase64String(one).Length);
        Assert.NotEqual(one, two);
        Assert.DoesNotContain("nonce", (await browser.GetAsync("/plain")).Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/inline-public")]
    [InlineData("/inline-cached")]
    public async Task An_answer_with_a_nonce_is_never_cached_whatever_the_endpoint_says(string path)
    {
        await using var site = await StartAsync();
        using var browser = site.Visitor();

        var answer = await browser.GetAsync(path);

        Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
        Assert.NotEqual(await NonceAsync(browser, path), await NonceAsync(browser, path));
    }

    [Fact]
    public async Task The_cache_of_that_test_does_cache()
    {
        await using var site = await StartAsync();
        using var browser = site.Visitor();

        Assert.Equal(await browser.GetStringAsync("/cached"), await browser.GetStringAsync("/cached"));
    }

    [Fact]
    public async Task Once_the_response_has_started_there_is_none()
    {
        await using var site = await StartAsync();
        using var browser = site.Visitor();

        Assert.Contains("ask for the nonce before the first byte is written", await browser.GetStringAsync("/late"), StringComparison.Ordinal);
    }

    [Fact]
    public void In_Razor_it_is_an_attribute()
    {
        var context = new DefaultHttpContext();
        var output = new TagHelperOutput("script", [new TagHelperAttribute("asp-nonce"), new TagHelperAttribute("nonce", "old")], (_, _) => throw new InvalidOperationException());

        new NonceTagHelper { ViewContext = new ViewContext { HttpContext = context } }.Process(null!, output);

        Assert.Equal(["nonce"], output.Attributes.Select(attribute => attribute.Name));
        Assert.Equal(CspNonce.Of(context), output.Attributes["nonce"].Value);
    }

    [SkippableFact]
    public async Task A_browser_runs_the_script_and_applies_the_style_that_have_it_and_no_other()
    {
        Chromium.Require();
        await using var site = await StartAsync("Development");
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();

        await page.GotoAsync($"{site.Address}inline");

        Assert.Equal("allowed", await page.TitleAsync());
        Assert.Equal("rgb(1, 2, 3)", await page.EvaluateAsync<string>("getComputedStyle(document.body).color"));
    }

    private static async Task<string> NonceAsync(HttpClient browser, string path)
    {
        var answer = await browser.GetAsync(path);
        var nonce = InPage().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value;
        Assert.Contains($"script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        return nonce;
    }

    [GeneratedRegex("nonce=\"([^\"]+)\"")]
    private static partial Regex InPage();

    private static Task<Site> StartAsync(string environment = "Production") => Site.StartAsync(
        app =>
        {
            app.UseOutputCache();
            app.MapGet("/plain", () => "plain");
            app.MapGet("/inline", Inline);
            app.MapGet("/inline-cached", Inline).CacheOutput();
            app.MapGet("/inline-public", (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "public, max-age=60";
                return Inline(context);
            });
            app.MapGet("/cached", () => Guid.NewGuid().ToString()).CacheOutput();
            app.MapGet("/late", async context =>
            {
                await context.Response.WriteAsync("started ");
                await context.Response.WriteAsync(Assert.Throws<InvalidOperationException>(() => CspNonce.Of(context)).Message);
            });
        },
        environment: environment,
        services: services => services.AddOutputCache());

    private static IResult Inline(HttpContext context) => Results.Content(
        $$"""
        <!DOCTYPE html><title>none</title><body>
        <style nonce="{{CspNonce.Of(context)}}">body { color: rgb(1, 2, 3) }</style>
        <script nonce="{{CspNonce.Of(context)}}">document.title = 'allowed'</script>
        <script>document.title = 'not allowed'</script>
        """,
        "text/html");
}
