using System.Diagnostics;
using Tests.Parts;
using Tests.Proxies;

namespace Tests.Scaling;

/// <summary>A Redis that speaks TLS and nothing else, as hosting platforms have it: <c>rediss://</c>.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class RedisOverTlsTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("redis-tls-").FullName;
    private readonly RedisServer redis = new();

    private string Certificate => Path.Combine(folder, "fullchain.pem");

    public async Task InitializeAsync()
    {
        using var _ = SiteCertificate.WriteTo(folder, "localhost");
        if (await HasTlsAsync())
        {
            await redis.StartAsync("port 0", $"tls-port {redis.Port}", $"tls-cert-file {Certificate}", $"tls-key-file {Path.Combine(folder, "privkey.pem")}", "tls-auth-clients no");
        }
    }

    public async Task DisposeAsync()
    {
        await redis.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [SkippableFact]
    public async Task Sessions_are_kept_there_and_the_checklist_sees_the_encryption()
    {
        await RequireAsync();
        await using var site = await SiteProcess.StartAsync(Environment("rediss", "localhost", Certificate));
        using var visitor = site.Visitor().OverHttps();

        Assert.Equal(1, await visitor.CountAsync());
        Assert.Equal(2, await visitor.CountAsync());

        var (exitCode, table) = await SiteProcess.RunToTheEndAsync(Environment("rediss", "localhost", Certificate), "check");
        Assert.Equal(0, exitCode);
        Assert.Contains("is on this machine, with TLS.", table, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("redis", "localhost", true)] // not encrypted
    [InlineData("rediss", "localhost", false)] // from nobody who is known
    [InlineData("rediss", "127.0.0.1", true)] // for another name
    public async Task A_connection_that_could_be_listened_to_is_refused_at_the_start(string scheme, string host, bool isTrusted)
    {
        await RequireAsync();

        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(Environment(scheme, host, isTrusted ? Certificate : null));

        Assert.Equal(1, exitCode);
        Assert.Contains($"Redis at {host}:{redis.Port} accepts the connection but does not let this application in. Check the user, the password and TLS", output, StringComparison.Ordinal);
        Assert.DoesNotContain(RedisServer.Password, output, StringComparison.Ordinal);
    }

    private static async Task RequireAsync()
    {
        RedisServer.RequireRedis("TLS as these tests configure it");
        Skip.IfNot(await HasTlsAsync(), "this machine's Redis was built without TLS, or there is no redis-cli that would tell");
    }

    /// <summary>The server does not say it; its client, of the same build, does.</summary>
    private static async Task<bool> HasTlsAsync()
    {
        if (Programs.Find("redis-server") is null || Programs.Find("redis-cli") is null)
        {
            return false;
        }

        using var process = Process.Start(new ProcessStartInfo("redis-cli", "--help") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        return (await process.StandardOutput.ReadToEndAsync()).Contains("--tls", StringComparison.Ordinal);
    }

    private Dictionary<string, string?> Environment(string scheme, string host, string? authority) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["AllowedHosts"] = "127.0.0.1",
        ["SECRET"] = Site.Secret,
        ["Monitoring__DrainDelay"] = "00:00:00",
        ["REDIS_URL"] = $"{scheme}://:{Uri.EscapeDataString(RedisServer.Password)}@{host}:{redis.Port}",
        ["SSL_CERT_FILE"] = authority, // OpenSSL's name for who is trusted
    };
}
