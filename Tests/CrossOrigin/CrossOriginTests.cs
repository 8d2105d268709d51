using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using ServiceDefaults;
using Tests.Parts;

namespace Tests.CrossOrigin;

/// <summary>A page of another origin can make a visitor's browser change nothing here, and read nothing.</summary>
public sealed class CrossOriginTests
{
    private const string Own = "https://shop.example";

    public static TheoryData<string, string, string, int> Requests => new()
    {
        // What the browser says of the request: method, Sec-Fetch-Site, Origin.
        { "POST", "same-origin", Own, 200 },
        { "POST", "none", "", 200 },
        { "POST", "cross-site", "https://evil.example", 403 },
        { "POST", "cross-site", "", 403 },
        { "POST", "same-site", "https://blog.shop.example", 403 },
        { "POST", "same-origin, cross-site", "", 403 },
        { "POST", "something new", Own, 403 },
        { "PUT", "cross-site", "https://evil.example", 403 },
        { "PATCH", "cross-site", "https://evil.example", 403 },
        { "DELETE", "cross-site", "https://evil.example", 403 },
        { "PROPFIND", "cross-site", "https://evil.example", 403 },

        // A browser without Sec-Fetch-Site, or over plain HTTP.
        { "POST", "", Own, 200 },
        { "POST", "", "HTTPS://SHOP.example", 200 },
        { "POST", "", "http://shop.example", 403 },
        { "POST", "", "https://shop.example:8443", 403 },
        { "POST", "", "https://evil.example", 403 },
        { "POST", "", "https://shop.example.evil.example", 403 },
        { "POST", "", "null", 403 },

        // A program.
        { "POST", "", "", 200 },
        { "DELETE", "", "", 200 },

        // Requests that change nothing.
        { "GET", "cross-site", "https://evil.example", 200 },
        { "HEAD", "cross-site", "https://evil.example", 200 },
        { "OPTIONS", "cross-site", "https://evil.example", 200 },

        // Whom the configuration trusts.
        { "POST", "cross-site", "https://login.example", 200 },
        { "POST", "", "https://login.example", 200 },
        { "POST", "cross-site", "https://login.example.evil.example", 403 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Only_this_sites_own_pages_send_what_changes_something(string method, string site, string origin, int status)
    {
        await using var shop = await StartAsync();
        using var browser = shop.Visitor();

        using var answer = await SendAsync(browser, method, "/any", site, origin);

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 403)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.Contains(site.Length > 0 ? "(Sec-Fetch-Site: " : "(Origin)", body, StringComparison.Ordinal);
            Assert.DoesNotContain("evil", body, StringComparison.Ordinal);
            Assert.True(answer.Headers.Contains("Content-Security-Policy"));
        }
    }

    [Fact]
    public async Task An_endpoint_may_be_open_to_every_origin()
    {
        await using var shop = await StartAsync();
        using var browser = shop.Visitor();

        using var open = await SendAsync(browser, "POST", "/open", "cross-site", "https://evil.example");

        Assert.Equal(200, (int)open.StatusCode);
    }

    [Fact]
    public async Task A_refusal_is_in_the_log_once_a_minute_with_the_setting()
    {
        await using var shop = await StartAsync();
        using var browser = shop.Visitor();
        for (var i = 0; i < 5; i++)
        {
            (await SendAsync(browser, "POST", "/any", "cross-site", "https://evil.example")).Dispose();
        }

        Assert.Single(shop.Log.Entries, entry => entry.Message.EndsWith("add its origin to CrossOrigin:TrustedOrigins.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("login.example")]
    [InlineData("https://login.example/")]
    [InlineData("https://login.example/callback")]
    [InlineData("https://user@login.example")]
    [InlineData("*")]
    [InlineData("null")]
    public async Task What_is_no_origin_is_refused_at_start(string origin)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(origin));

        Assert.Contains($"CrossOrigin:TrustedOrigins:0 is \"{origin}\", which is no origin.", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OPTIONS", "/any")]
    [InlineData("GET", "/any")]
    [InlineData("POST", "/open")]
    [InlineData("OPTIONS", "/alive")]
    [InlineData("GET", "/alive")]
    [InlineData("GET", "/is-not-there")]
    public async Task No_other_origin_may_read_an_answer(string method, string path)
    {
        await using var shop = await StartAsync();
        using var browser = shop.Visitor();
        browser.DefaultRequestHeaders.Add("Access-Control-Request-Method", "POST");
        browser.DefaultRequestHeaders.Add("Access-Control-Request-Headers", "content-type");

        using var answer = await SendAsync(browser, method, path, "cross-site", "https://evil.example");

        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("same-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string method, string path, string site, string origin)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Host = "shop.example";
        if (site.Length > 0)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        if (origin.Length > 0)
        {
            request.Headers.Add("Origin", origin);
        }

        return await browser.SendAsync(request);
    }

    private static Task<Site> StartAsync(string trusted = "https://login.example") => Site.StartAsync(
        app =>
        {
            app.Map("/any", () => "ok");
            app.MapPost("/open", () => "ok").AllowCrossOrigin();
        },
        new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["CrossOrigin:TrustedOrigins:0"] = trusted });
}
