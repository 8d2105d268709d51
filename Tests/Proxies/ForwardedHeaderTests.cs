using Tests.Parts;

namespace Tests.Proxies;

/// <summary>What is believed: of a trusted proxy's headers, exactly as many entries as there are hops, from the right.</summary>
public sealed class ForwardedHeaderTests : IAsyncLifetime
{
    private Site oneHop = null!;
    private Site twoHops = null!;

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7:5678", "203.0.113.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("[2001:db8::7]", "2001:db8::7")]
    [InlineData("[2001:db8::7]:80", "2001:db8::7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    public async Task An_address_may_be_ipv4_or_ipv6_and_have_a_port(string forwardedFor, string client) =>
        Assert.Equal($"{client} https", await AskAsync(oneHop, forwardedFor, "https"));

    [Theory]
    [InlineData("6.6.6.6, 203.0.113.7")]
    [InlineData("6.6.6.6, 5.5.5.5, 10.1.1.1, 203.0.113.7")]
    [InlineData(" , ,6.6.6.6,, 203.0.113.7 ,")]
    [InlineData("6.6.6.6\r\nX-Forwarded-For: 203.0.113.7")]
    public async Task With_one_hop_only_the_last_address_is_read(string forwardedFor) =>
        Assert.Equal("203.0.113.7 https", await AskAsync(oneHop, forwardedFor, "https"));

    [Theory]
    [InlineData("203.0.113.7, 10.1.1.1", "203.0.113.7")]
    [InlineData("6.6.6.6, 203.0.113.7, 10.1.1.1", "203.0.113.7")]
    [InlineData("6.6.6.6\r\nX-Forwarded-For: 203.0.113.7, 10.1.1.1:80", "203.0.113.7")]
    [InlineData("203.0.113.7, [fd00::1]:443", "203.0.113.7")]
    [InlineData("203.0.113.7", "203.0.113.7")] // a chain shorter than configured
    [InlineData("6.6.6.6, 203.0.113.7", "203.0.113.7")] // somebody who went past the outer proxy
    public async Task With_two_hops_the_address_before_both_proxies_is_read_and_none_that_only_the_client_claims(string forwardedFor, string client) =>
        Assert.Equal($"{client} https", await AskAsync(twoHops, forwardedFor, "https, https"));

    [Theory]
    [InlineData("203.0.113.7, 10.1.1.1", "https")] // the inner proxy passes on what the outer one said
    [InlineData("203.0.113.7, 10.1.1.1", "http, https, https")]
    [InlineData("203.0.113.7, 10.1.1.1", "https, http")] // the outer one ends TLS, and the inner one says how it was asked
    public async Task There_may_be_fewer_or_more_schemes_than_addresses(string forwardedFor, string proto) =>
        Assert.Equal("203.0.113.7 https", await AskAsync(twoHops, forwardedFor, proto));

    [Theory]
    [InlineData("", "127.0.0.1 https")]
    [InlineData(" , ", "127.0.0.1 https")]
    [InlineData("unknown", "127.0.0.1 http")]
    [InlineData("_hidden, 10.1.1.1, nonsense", "127.0.0.1 http")]
    [InlineData("203.0.113.7; DROP", "127.0.0.1 http")]
    public async Task What_is_no_address_is_never_the_clients_and_takes_the_scheme_with_it(string forwardedFor, string expected) =>
        Assert.Equal(expected, await AskAsync(oneHop, forwardedFor, "https"));

    [Theory]
    [InlineData("https", "https")]
    [InlineData("HTTPS", "https")]
    [InlineData("http", "http")]
    [InlineData("ftp", "http")]
    [InlineData("wss", "http")]
    [InlineData("javascript", "http")]
    [InlineData("https:", "http")]
    [InlineData("\"https ", "http")]
    [InlineData("", "http")]
    [InlineData("ftp, https", "https")]
    [InlineData("https, ftp", "http")]
    [InlineData("https\r\nX-Forwarded-Proto: ftp", "http")]
    [InlineData("ftp\r\nX-Forwarded-Proto: https,", "https")]
    public async Task Only_http_and_https_are_schemes(string proto, string scheme) =>
        Assert.Equal($"203.0.113.7 {scheme}", await AskAsync(oneHop, "203.0.113.7", proto));

    [Fact]
    public async Task A_scheme_that_is_none_is_logged_once_a_minute_with_the_proxys_address()
    {
        await AskAsync(oneHop, "203.0.113.7", "ftp");
        await AskAsync(oneHop, "203.0.113.7", "ftp");

        var notice = Assert.Single(oneHop.Log.Entries, entry => entry.Message.Contains("neither http nor https", StringComparison.Ordinal));
        Assert.Contains("127.0.0.1", notice.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-Host: evil.example\r\n")]
    [InlineData("X-Forwarded-Prefix: /evil\r\n")]
    [InlineData("Forwarded: for=6.6.6.6;host=evil.example;proto=https\r\n")]
    public async Task Other_forwarded_headers_change_nothing_and_do_not_reach_the_application(string header)
    {
        Assert.Equal("localhost", await ForwardedRequest.AskAsync(oneHop.Address, header, path: "/host"));
        Assert.Equal("127.0.0.1 http", await ForwardedRequest.AskAsync(oneHop.Address, header));
        Assert.Equal("", await ForwardedRequest.AskAsync(oneHop.Address, header, path: "/headers"));
    }

    public async Task InitializeAsync()
    {
        oneHop = await ForwardedRequest.StartAsync();
        twoHops = await ForwardedRequest.StartAsync(new() { ["Proxies:Trusted:0"] = "10.0.0.0/8", ["Proxies:Trusted:1"] = "fd00::/8", ["Proxies:Hops"] = "2" });
    }

    public async Task DisposeAsync()
    {
        await oneHop.DisposeAsync();
        await twoHops.DisposeAsync();
    }

    private static Task<string> AskAsync(Site site, string forwardedFor, string proto) =>
        ForwardedRequest.AskAsync(site.Address, $"X-Forwarded-For: {forwardedFor}\r\nX-Forwarded-Proto: {proto}\r\n");
}
