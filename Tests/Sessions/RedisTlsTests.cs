using System.Globalization;
using Tests.Parts;
using Tests.Proxies;

namespace Tests.Sessions;

/// <summary>What goes to Redis over <c>rediss://</c> is encrypted, for a server that shows who it is.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class RedisTlsTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("redis-tls-").FullName;
    private readonly RedisServer redis = new();
    private readonly int tlsPort = FreePort.Next();

    private Dictionary<string, string?> Settings => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["AllowedHosts"] = "127.0.0.1",
        ["Monitoring__DrainDelay"] = "00:00:00",
        ["SECRET"] = Site.Secret,
        ["REDIS_URL"] = string.Create(CultureInfo.InvariantCulture, $"rediss://:{Uri.EscapeDataString(RedisServer.Password)}@localhost:{tlsPort}"),
    };

    public async Task InitializeAsync()
    {
        using var _ = SiteCertificate.WriteTo(folder, "localhost");
        if (Programs.Find("redis-server") is not null)
        {
            await redis.StartAsync($"tls-port {tlsPort}", $"tls-cert-file {folder}/fullchain.pem", $"tls-key-file {folder}/privkey.pem", $"tls-ca-cert-file {folder}/fullchain.pem", "tls-auth-clients no");
        }
    }

    [SkippableFact]
    public async Task With_a_certificate_that_this_machine_trusts_sessions_are_kept_there()
    {
        RedisServer.RequireRedis("TLS as these tests configure it");
        await using var site = await SiteProcess.StartAsync(new Dictionary<string, string?>(Settings) { ["SSL_CERT_FILE"] = Path.Combine(folder, "fullchain.pem") });
        using var browser = site.Visitor().OverHttps();

        Assert.Equal((1, 2), (await browser.CountAsync(), await browser.CountAsync()));
        Assert.Single(await redis.SessionKeysAsync());
    }

    [SkippableFact]
    public async Task With_any_other_the_site_does_not_start()
    {
        RedisServer.RequireRedis("TLS as these tests configure it");
        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(Settings);

        Assert.Equal(1, exitCode);
        Assert.Contains($"Redis at localhost:{tlsPort} accepts the connection but does not let this application in. Check the user, the password and TLS", output, StringComparison.Ordinal);
    }

    public async Task DisposeAsync()
    {
        await redis.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
