using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServiceDefaults.Proxies;
using Tests.Parts;

namespace Tests.Proxies;

/// <summary>Forwarded headers count from known proxies only.</summary>
public sealed class TrustedProxyTests
{
    [Fact]
    public async Task From_a_proxy_on_this_machine_the_real_client_and_scheme_are_read()
    {
        await using var site = await StartAsync();
        Assert.Equal("203.0.113.7 https", await AskAsync(site, "127.0.0.1", "203.0.113.7", "https"));
    }

    [Fact]
    public async Task Only_the_configured_number_of_hops_is_read_from_the_right()
    {
        await using var one = await StartAsync();
        Assert.Equal("10.1.1.1 https", await AskAsync(one, "127.0.0.1", "6.6.6.6, 10.1.1.1", "https"));
    }

    [Fact]
    public async Task With_two_trusted_proxies_in_a_chain_the_client_before_both_is_read()
    {
        await using var site = await StartAsync(new() { ["Proxies:Trusted:0"] = "10.0.0.0/8", ["Proxies:Hops"] = "2" });
        Assert.Equal("6.6.6.6 https", await AskAsync(site, "127.0.0.1", "7.7.7.7, 6.6.6.6, 10.1.1.1", "https, https, https"));
    }

    [Fact]
    public async Task From_anybody_else_they_change_nothing()
    {
        await using var site = await StartAsync();
        Assert.Equal("127.0.0.2 http", await AskAsync(site, "127.0.0.2", "203.0.113.7", "https"));
    }

    [Fact]
    public async Task What_Aspire_sets_on_published_projects_trusts_nobody_and_reads_no_hop_more()
    {
        await using var site = await StartAsync(new() { ["ForwardedHeaders_Enabled"] = "true", ["Proxies:Trusted:0"] = "10.0.0.0/8" });
        Assert.Equal("127.0.0.2 http", await AskAsync(site, "127.0.0.2", "203.0.113.7", "https"));
        Assert.Equal("10.1.1.1 https", await AskAsync(site, "127.0.0.1", "6.6.6.6, 10.1.1.1", "https, https"));
    }

    [Theory]
    [InlineData("10.0.0.999")]
    [InlineData("proxy.example")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    public void What_is_no_address_or_trusts_everybody_is_refused_at_start(string entry)
    {
        using var app = (IDisposable)Site.Build(settings: new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["Proxies:Trusted:0"] = entry });

        var problem = Assert.Throws<OptionsValidationException>(() => ((WebApplication)app).Services.GetRequiredService<IOptions<ProxyOptions>>().Value);
        Assert.Contains($"Proxies:Trusted holds \"{entry}\"", problem.Message, StringComparison.Ordinal);
    }

    private static Task<Site> StartAsync(Dictionary<string, string?>? settings = null) => Site.StartAsync(
        app => app.MapGet("/who", (HttpContext context, CancellationToken _) => $"{context.Connection.RemoteIpAddress?.MapToIPv4()} {context.Request.Scheme}"),
        new Dictionary<string, string?>(settings ?? []) { ["Session:Store"] = "Memory" },
        environment: "Development");

    private static async Task<string> AskAsync(Site site, string from, string forwardedFor, string proto)
    {
        using var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        await client.ConnectAsync(IPAddress.Loopback, site.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /who HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {forwardedFor}\r\nX-Forwarded-Proto: {proto}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        return answer.Split("\r\n").Last(line => line.Contains(' ', StringComparison.Ordinal));
    }
}
