using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ServiceDefaults.Audit;
using ServiceDefaults.Checks;
using Tests.Parts;
using Tests.Proxies;

namespace Tests.Audit;

/// <summary>The command <c>check https://site</c>, as it is in the deployed image.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class AuditCommandTests
{
    [SkippableTheory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    [InlineData("caddy")]
    public async Task The_web_app_behind_each_proxy_of_the_docs_passes_even_strictly(string program)
    {
        var port = FreePort.Next();
        await using var proxy = await StartProxyAsync(program, port);
        await using var site = await SiteProcess.StartAsync(new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            ["ASPNETCORE_HTTPS_PORT"] = Text(proxy.HttpsPort),
            ["AllowedHosts"] = ReverseProxy.Host,
            ["SECRET"] = Site.Secret,
            ["Session__Store"] = "Memory",
            ["Monitoring__DrainDelay"] = "00:00:00",
        });
        using var browser = proxy.Visitor();
        await Eventually.TrueAsync(async () => (await browser.GetAsync("/alive")).IsSuccessStatusCode, $"{program} has found the site");

        var (exitCode, output) = await CheckAsync(
            "--strict", "--json", $"https://{ReverseProxy.Host}:{proxy.HttpsPort}/counter", "--http-port", Text(proxy.HttpPort), "--connect", "127.0.0.1", "--cacert", proxy.Certificate);

        var items = JsonNode.Parse(output)!["items"]!.AsArray();
        Assert.Equal([], items.Where(item => item!["outcome"]!.GetValue<string>() != "ok").Select(item => $"{item}"));
        Assert.Equal(0, exitCode);
    }

    [SkippableFact]
    public async Task Old_versions_of_TLS_are_seen_although_this_machine_would_not_speak_them()
    {
        await using var proxy = await ReverseProxy.NginxAsync(new Dictionary<string, string>
        {
            ["ssl_protocols TLSv1.2 TLSv1.3"] = "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3",
            ["ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20"] = "ssl_ciphers ALL:@SECLEVEL=0",
        }, FreePort.Next());

        var (exitCode, output) = await CheckAsync($"https://{ReverseProxy.Host}:{proxy.HttpsPort}", "--connect", "127.0.0.1");

        Assert.Contains("Of 1.0, 1.1, 1.2, 1.3 the server takes up 1.0, 1.1, 1.2, 1.3. Switch TLS 1.0 and 1.1 off", output, StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
    }

    [Theory]
    [InlineData("check does not know ftp://shop.example.", "ftp://shop.example")]
    [InlineData("check does not know https://user:password@shop.example.", "https://user:password@shop.example")]
    [InlineData("check does not know --everything.", "https://shop.example", "--everything")]
    [InlineData("/nowhere.pem cannot be read as certificates in PEM (", "https://shop.example", "--cacert", "/nowhere.pem")]
    [InlineData("https://shop.invalid cannot be examined: its name is unknown.", "https://shop.invalid")]
    public async Task What_cannot_be_examined_is_one_sentence_and_exit_code_2(string sentence, params string[] arguments)
    {
        var (exitCode, output) = await CheckAsync(arguments);

        Assert.StartsWith(sentence, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task Whoever_refuses_the_connection_or_speaks_something_else_is_named()
    {
        await RefusedAsync($"http://127.0.0.1:{FreePort.Next()}", "the connection is refused.");

        using var rude = new TcpListener(IPAddress.Loopback, 0);
        rude.Start();
        using var stop = new CancellationTokenSource();
        var breakingOff = BreakOffAsync(rude, stop.Token);
        var port = ((IPEndPoint)rude.LocalEndpoint).Port;
        await RefusedAsync($"https://127.0.0.1:{port}", "the connection breaks off, or is not one of HTTP.");
        await RefusedAsync($"http://127.0.0.1:{port}", "the connection breaks off, or is not one of HTTP.");
        await stop.CancelAsync();
        await breakingOff;
    }

    private static async Task RefusedAsync(string address, string reason)
    {
        var refused = await Assert.ThrowsAsync<CannotCheckException>(() => SiteAudit.RunAsync(AuditTarget.Parse([address])));
        Assert.Equal($"{address} cannot be examined: {reason}", refused.Message);
    }

    /// <summary>Says that an answer is long, and ends in the middle of it.</summary>
    private static async Task BreakOffAsync(TcpListener listener, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop);
                await client.GetStream().ReadAtLeastAsync(new byte[1024], 1);
                await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"u8.ToArray());
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // stopped
        }
    }

    private static Task<ReverseProxy> StartProxyAsync(string program, int port) => program switch
    {
        "nginx" => ReverseProxy.NginxAsync(port),
        "haproxy" => ReverseProxy.HaproxyAsync(behindAnotherProxy: false, port),
        _ => ReverseProxy.CaddyAsync(port),
    };

    private static Task<(int ExitCode, string Output)> CheckAsync(params string[] arguments) =>
        SiteProcess.RunToTheEndAsync(new Dictionary<string, string?>(), ["check", .. arguments]);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
