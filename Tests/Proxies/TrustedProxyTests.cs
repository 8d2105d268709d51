using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServiceDefaults.Proxies;
using Tests.Parts;

namespace Tests.Proxies;

/// <summary>Who is believed: forwarded headers count from known proxies only.</summary>
public sealed class TrustedProxyTests
{
    private const string Claim = "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n";

    [Fact]
    public async Task From_a_proxy_on_this_machine_the_real_client_and_scheme_are_read()
    {
        await using var site = await ForwardedRequest.StartAsync();
        Assert.Equal("203.0.113.7 https", await ForwardedRequest.AskAsync(site.Address, Claim));
    }

    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("127.0.0.0/29")]
    public async Task From_a_trusted_address_or_network_too(string trusted)
    {
        await using var site = await ForwardedRequest.StartAsync(new() { ["Proxies:Trusted:0"] = trusted });
        Assert.Equal("203.0.113.7 https", await ForwardedRequest.AskAsync(site.Address, Claim, from: "127.0.0.2"));
        Assert.Equal("127.0.0.9 http", await ForwardedRequest.AskAsync(site.Address, Claim, from: "127.0.0.9"));
    }

    [Fact]
    public async Task Over_ipv6_too()
    {
        await using var site = await ForwardedRequest.StartAsync(address: "http://[::1]:0");
        Assert.Equal("203.0.113.7 https", await ForwardedRequest.AskAsync(site.Address, Claim, from: "::1"));
    }

    [Fact]
    public async Task From_anybody_else_they_change_nothing_and_none_is_left_for_the_application_to_read()
    {
        await using var site = await ForwardedRequest.StartAsync();

        Assert.Equal("127.0.0.2 http", await ForwardedRequest.AskAsync(site.Address, Claim, from: "127.0.0.2"));
        Assert.Equal("", await ForwardedRequest.AskAsync(site.Address, Claim + "Forwarded: for=6.6.6.6\r\nX-Forwarded-Prefix: /x\r\n", from: "127.0.0.2", path: "/headers"));
    }

    [Fact]
    public async Task What_Aspire_sets_on_published_projects_trusts_nobody_and_reads_no_hop_more()
    {
        await using var site = await ForwardedRequest.StartAsync(new() { ["ForwardedHeaders_Enabled"] = "true", ["Proxies:Trusted:0"] = "10.0.0.0/8" });
        Assert.Equal("127.0.0.2 http", await ForwardedRequest.AskAsync(site.Address, Claim, from: "127.0.0.2"));
        Assert.Equal("10.1.1.1 https", await ForwardedRequest.AskAsync(site.Address, "X-Forwarded-For: 6.6.6.6, 10.1.1.1\r\nX-Forwarded-Proto: https, https\r\n"));
    }

    [Fact]
    public async Task Nor_does_it_in_the_web_app_as_it_is_deployed()
    {
        await using var site = await SiteProcess.StartAsync(new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
            ["AllowedHosts"] = "localhost",
            ["SECRET"] = Site.Secret,
            ["Session__Store"] = "Memory",
        });

        Assert.Contains("This site works over HTTPS only", await ForwardedRequest.AskAsync(site.Address, Claim, from: "127.0.0.2", path: "/counter"), StringComparison.Ordinal);
        Assert.Equal("{\"views\":1}", await ForwardedRequest.AskAsync(site.Address, Claim, path: "/counter"));
        await Eventually.TrueAsync(() => Task.FromResult(site.Output.Contains("Forwarded headers from 127.0.0.2 were ignored", StringComparison.Ordinal)), "the log names the peer");
    }

    [Fact]
    public async Task The_log_says_once_a_minute_which_address_to_trust()
    {
        var clock = new ManualClock();
        await using var site = await ForwardedRequest.StartAsync(clock: clock);
        for (var i = 0; i < 5; i++)
        {
            await ForwardedRequest.AskAsync(site.Address, Claim, from: "127.0.0.2");
        }

        var notice = Assert.Single(Notices());
        Assert.Contains("127.0.0.2", notice, StringComparison.Ordinal);
        Assert.Contains("Proxies:Trusted", notice, StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromMinutes(1));
        await ForwardedRequest.AskAsync(site.Address, Claim, from: "127.0.0.2");
        Assert.Equal(2, Notices().Count());

        IEnumerable<string> Notices() =>
            site.Log.Entries.Select(entry => entry.Message).Where(message => message.Contains("not a trusted proxy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X-Forwarded-Proto: https\r\n")]
    [InlineData("X-Forwarded-Proto: https, https\r\n")]
    [InlineData("X-Forwarded-Proto: HTTPS\r\n")]
    public async Task In_production_behind_an_untrusted_proxy_a_visitor_gets_an_explanation_and_no_redirect_loop(string claim)
    {
        await using var site = await ForwardedRequest.StartAsync(environment: "Production");

        Assert.Contains("This site works over HTTPS only", await ForwardedRequest.AskAsync(site.Address, claim, from: "127.0.0.2"), StringComparison.Ordinal);
        Assert.Equal("Healthy", await ForwardedRequest.AskAsync(site.Address, claim, from: "127.0.0.2", path: "/ready"));
    }

    [Theory]
    [InlineData("10.0.0.999", "neither an address")]
    [InlineData("10.1", "neither an address")]
    [InlineData("proxy.example", "neither an address")]
    [InlineData("", "neither an address")]
    [InlineData("0.0.0.0/0", "trusts strangers")]
    [InlineData("128.0.0.0/1", "trusts strangers")]
    [InlineData("::/0", "trusts strangers")]
    [InlineData("2000::/3", "trusts strangers")]
    public void What_is_no_address_or_trusts_strangers_is_refused_at_start(string entry, string problem)
    {
        using var app = (IDisposable)Site.Build(settings: new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["Proxies:Trusted:0"] = entry });

        var refusal = Assert.Throws<OptionsValidationException>(() => ((WebApplication)app).Services.GetRequiredService<IOptions<ProxyOptions>>().Value);
        Assert.Contains($"Proxies:Trusted holds \"{entry}\", which {(problem.StartsWith("neither", StringComparison.Ordinal) ? "is " : "")}{problem}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("10.0.0.7/8")]
    [InlineData("fc00::/7")]
    [InlineData("2001:db8::7")]
    [InlineData("::ffff:10.0.0.7")]
    public void Any_network_of_ones_own_is_accepted(string entry)
    {
        using var app = (IDisposable)Site.Build(settings: new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["Proxies:Trusted:0"] = entry });

        Assert.Single(((WebApplication)app).Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Trusted);
    }
}
