using System.Diagnostics;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary>The site as the Prometheus blackbox exporter sees it, with the settings that are in <c>docs</c>.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class BlackboxTests : IAsyncLifetime
{
    private readonly int port = FreePort.Next();
    private Process? exporter;

    public async Task InitializeAsync()
    {
        if (Programs.Find("prometheus-blackbox-exporter", "blackbox_exporter") is not { } program)
        {
            return;
        }

        exporter = Process.Start(new ProcessStartInfo(
            program, [$"--config.file={Path.Combine(Repository.Root, "docs", "monitoring", "blackbox.yml")}", $"--web.listen-address=127.0.0.1:{port}"])
        {
            RedirectStandardError = true,
        });
        exporter!.BeginErrorReadLine();
        using var http = new HttpClient();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    return (await http.GetAsync(new Uri($"http://127.0.0.1:{port}/-/healthy"))).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the exporter answers");
    }

    public Task DisposeAsync()
    {
        exporter?.Kill();
        exporter?.Dispose();
        return Task.CompletedTask;
    }

    [SkippableFact]
    public async Task Its_modules_succeed_while_the_site_is_up_and_fail_in_an_outage()
    {
        Skip.If(exporter is null, "no blackbox exporter on this machine: apt-get install prometheus-blackbox-exporter");
        var redis = new RedisServer();
        await redis.InitializeAsync();
        await using var site = await Site.StartAsync(_ => { }, new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url, ["Session:IOTimeout"] = Site.ShortStoreTimeout });

        Assert.True(await ProbeAsync("site_up", $"{site.Address}uptime"));
        Assert.True(await ProbeAsync("replica_ready", $"{site.Address}ready"));
        Assert.True(await ProbeAsync("https_only", site.Address.ToString()));

        redis.Stop();
        await Eventually.TrueAsync(async () => !await ProbeAsync("site_up", $"{site.Address}uptime"), "the site is seen as down");
        await Eventually.TrueAsync(async () => !await ProbeAsync("replica_ready", $"{site.Address}ready"), "the replica is seen as not ready");
        await redis.DisposeAsync();
    }

    private async Task<bool> ProbeAsync(string module, string target)
    {
        using var http = new HttpClient();
        var answer = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/probe?module={module}&target={Uri.EscapeDataString(target)}"));
        return answer.Contains("\nprobe_success 1\n", StringComparison.Ordinal);
    }
}
