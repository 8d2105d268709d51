using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Tests.Parts;

namespace Tests.Hosts;

/// <summary>The site answers under its own names, and under no other.</summary>
public sealed class AllowedHostsTests
{
    private static readonly string[] Probes = ["/alive", "/ready", "/health", "/uptime"];

    [Theory]
    [InlineData("", "AllowedHosts is not set.")]
    [InlineData(" ; ", "AllowedHosts is not set.")]
    [InlineData("*", "AllowedHosts has *, which is every host.")]
    [InlineData("shop.example;*", "AllowedHosts has *, which is every host.")]
    [InlineData("[::];shop.example", "AllowedHosts has [::], which is every host.")]
    [InlineData("0.0.0.0", "AllowedHosts has 0.0.0.0, which is every host.")]
    [InlineData("https://shop.example", "AllowedHosts has \"https://shop.example\", which is no host name")]
    [InlineData("shop.example:443", "AllowedHosts has \"shop.example:443\", which is no host name")]
    [InlineData("shop.example,www.shop.example", "which is no host name")]
    [InlineData("shop.*", "AllowedHosts has \"shop.*\", which is no host name")]
    public async Task Production_does_not_start_with_a_list_that_lets_in_everybody_or_nobody(string hosts, string problem)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(hosts));

        Assert.StartsWith(problem, refused.Failures.Single()[refused.Failures.Single().IndexOf(problem, StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("shop.example", refused.Message, StringComparison.Ordinal); // how to write it
    }

    [Theory]
    [InlineData("shop.example", 200)]
    [InlineData("SHOP.example:8443", 200)]
    [InlineData("a.b.shop.example", 200)]
    [InlineData("[::1]:80", 200)]
    [InlineData("xn--bcher-kva.example", 200)]
    [InlineData("evil.example", 400)]
    [InlineData("shop.example.evil.example", 400)]
    [InlineData("notshop.example", 400)]
    [InlineData("shop.example.", 400)]
    [InlineData("127.0.0.1", 400)]
    public async Task A_name_of_the_list_is_served_and_any_other_refused(string host, int status)
    {
        await using var site = await StartAsync("shop.example; *.shop.example;[::1];bücher.example");
        using var browser = site.Visitor();
        browser.DefaultRequestHeaders.Host = host;

        var answer = await browser.GetAsync("/ok");

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 400)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains("does not answer under that host name", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.True(answer.Headers.Contains("Content-Security-Policy"));
            Assert.True(answer.Headers.Contains("Cross-Origin-Resource-Policy"));
        }
    }

    [Fact]
    public async Task The_log_names_the_refused_host_and_the_setting_once_a_minute()
    {
        await using var site = await StartAsync("shop.example");
        using var browser = site.Visitor();
        for (var i = 0; i < 5; i++)
        {
            await browser.GetAsync("/ok");
        }

        Assert.Single(site.Log.Entries, entry => entry.Message == "A request for the host 127.0.0.1 was refused. If that is a name of this site, add it to AllowedHosts.");
    }

    [Fact]
    public async Task A_probe_may_ask_an_address_any_host_or_none()
    {
        await using var site = await StartAsync("shop.example");
        foreach (var probe in Probes)
        {
            Assert.Equal(200, (await Wire.SendAsync(site.Address, $"GET {probe} HTTP/1.1", "Host: 10.1.2.3:8080")).Status);
            Assert.Equal(200, (await Wire.SendAsync(site.Address, $"GET {probe} HTTP/1.1", "Host: localhost")).Status);
            Assert.Equal(200, (await Wire.SendAsync(site.Address, $"GET {probe} HTTP/1.0")).Status); // as HAProxy does by default
        }
    }

    [Theory]
    [InlineData("an absolute target of a foreign host", "GET http://evil.example/ok HTTP/1.1", "Host: evil.example")]
    [InlineData("an absolute target that is not the Host", "GET http://evil.example/ok HTTP/1.1", "Host: shop.example")]
    [InlineData("an absolute target of this site with a foreign Host", "GET http://shop.example/ok HTTP/1.1", "Host: evil.example")]
    [InlineData("no Host", "GET /ok HTTP/1.1")]
    [InlineData("no Host in HTTP/1.0", "GET /ok HTTP/1.0")]
    [InlineData("an empty Host", "GET /ok HTTP/1.1", "Host:")]
    [InlineData("two Hosts", "GET /ok HTTP/1.1", "Host: shop.example", "Host: evil.example")]
    [InlineData("a Host with a path", "GET /ok HTTP/1.1", "Host: shop.example/evil.example")]
    [InlineData("a Host with a user", "GET /ok HTTP/1.1", "Host: shop.example@evil.example")]
    [InlineData("a Host with a space", "GET /ok HTTP/1.1", "Host: shop.example evil.example")]
    [InlineData("a list of Hosts", "GET /ok HTTP/1.1", "Host: shop.example,evil.example")]
    [InlineData("a Host with a port that is none", "GET /ok HTTP/1.1", "Host: shop.example:evil")]
    [InlineData("a target of another scheme", "GET file:///etc/passwd HTTP/1.1", "Host: shop.example")]
    [InlineData("a target with a null character", "GET /ok%00 HTTP/1.1", "Host: shop.example")]
    [InlineData("a tunnel", "CONNECT evil.example:443 HTTP/1.1", "Host: evil.example:443")]
    public async Task A_malformed_or_foreign_target_is_a_400(string what, params string[] lines)
    {
        await using var site = await StartAsync("shop.example");

        var answer = await Wire.SendAsync(site.Address, [.. lines, "X-Forwarded-Proto: https"]);

        Assert.True(answer.Status == 400, $"{what}: {answer.Text}");
        Assert.False(answer.Has("Server"));
        Assert.DoesNotContain(site.Log.Entries, entry => entry.Exception is not null && entry.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task An_absolute_target_of_this_site_is_served()
    {
        await using var site = await StartAsync("shop.example");

        Assert.Equal(200, (await Wire.SendAsync(site.Address, "GET http://shop.example/ok HTTP/1.1", "Host: shop.example", "X-Forwarded-Proto: https")).Status);
    }

    [Fact]
    public async Task In_Development_every_host_is_served_until_a_list_is_set()
    {
        await using var open = await Site.StartAsync(Map, Settings(""), "Development");
        await using var listed = await Site.StartAsync(Map, Settings("shop.example"), "Development");

        Assert.Equal(200, (await Wire.SendAsync(open.Address, "GET /ok HTTP/1.1", "Host: evil.example")).Status);
        Assert.Equal(400, (await Wire.SendAsync(listed.Address, "GET /ok HTTP/1.1", "Host: evil.example")).Status);
    }

    private static Task<Site> StartAsync(string hosts) => Site.StartAsync(Map, Settings(hosts));

    private static Dictionary<string, string?> Settings(string hosts) => new() { ["AllowedHosts"] = hosts, ["Session:Store"] = "Memory" };

    private static void Map(WebApplication app) => app.MapGet("/ok", () => "ok");
}
