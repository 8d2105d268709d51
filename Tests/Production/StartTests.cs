using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tests.Parts;

namespace Tests.Production;

/// <summary>An application that would be unsafe does not start, and says in one go what has to be mended.</summary>
public sealed class StartTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static readonly Dictionary<string, string?> Production = new() { ["ASPNETCORE_ENVIRONMENT"] = "Production" };

    [Fact]
    public async Task Production_without_secret_store_and_host_names_all_in_one_message()
    {
        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(Production);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("The application did not start:", output, StringComparison.Ordinal);
        Assert.Contains("  - SECRET is not set.", output, StringComparison.Ordinal);
        Assert.Contains("  - No session store is configured.", output, StringComparison.Ordinal);
        Assert.Contains("  - AllowedHosts is not set. Set it to the site's host names", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Redis_that_refuses_the_connection_is_one_sentence_and_exit_code_1()
    {
        var port = FreePort.Next();
        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["REDIS_URL"] = $"redis://:canary@127.0.0.1:{port}",
        });

        Assert.Equal(1, exitCode);
        Assert.Equal($"The application did not start:\n  - Redis at 127.0.0.1:{port} refuses the connection. Start it, or correct ConnectionStrings:redis (or REDIS_URL).", output);
    }

    [SkippableFact]
    public async Task A_Redis_that_does_not_accept_the_password_is_named_without_the_password()
    {
        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["REDIS_URL"] = $"redis://:canary@127.0.0.1:{redis.Port}",
        });

        Assert.Equal(1, exitCode);
        Assert.Contains("does not let this application in. Check the user, the password and TLS", output, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_setting_names_its_key()
    {
        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["REDIS_URL"] = "canary",
            ["Session__MaxBytes"] = "1",
            ["Limits__BodyBytes"] = "0",
        });

        Assert.Equal(1, exitCode);
        Assert.Contains("  - REDIS_URL is not the address of a Redis server.", output, StringComparison.Ordinal);
        Assert.Contains("  - Session:MaxBytes is out of its range: The field MaxBytes must be between 1024 and 16777216.", output, StringComparison.Ordinal);
        Assert.Contains("  - Limits:BodyBytes is out of its range: The field BodyBytes must be between 1024 and 1073741824.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_port_is_one_sentence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
        });

        Assert.Equal(1, exitCode);
        Assert.EndsWith("Stop the other process, or set another address in ASPNETCORE_URLS.", output, StringComparison.Ordinal);
        Assert.Contains($":{port}", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
