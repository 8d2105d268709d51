using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Uptime;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary><c>/uptime</c>, as a pinger sees it.</summary>
public sealed class UptimeTests : IAsyncLifetime
{
    private readonly RedisServer redis = new();

    public Task InitializeAsync() => redis.InitializeAsync();

    public Task DisposeAsync() => redis.DisposeAsync();

    [Fact]
    public async Task It_says_who_answers_how_long_it_has_run_and_how_available_the_site_was()
    {
        var clock = new ManualClock();
        await using var site = await Site.StartAsync(_ => { }, services: services => services.AddSingleton<TimeProvider>(clock));
        using var pinger = new Visitor(site.Address);
        var heartbeat = site.Services.GetRequiredService<Heartbeat>();
        clock.Advance(TimeSpan.FromMinutes(45)); // nobody has beaten: an outage
        await heartbeat.BeatAsync(default);
        clock.Advance(TimeSpan.FromSeconds(25));

        var response = await pinger.GetAsync("/uptime");
        var uptime = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("public, max-age=5", response.Headers.CacheControl!.ToString());
        Assert.Equal("up", uptime.GetProperty("status").GetString());
        Assert.Equal((45 * 60) + 25, uptime.GetProperty("uptimeSeconds").GetInt32());
        Assert.Equal(clock.GetUtcNow() - TimeSpan.FromSeconds((45 * 60) + 25), uptime.GetProperty("started").GetDateTimeOffset());
        Assert.Matches(@"^\d+\.\d+\.\d+", uptime.GetProperty("version").GetString());
        Assert.Equal(1, uptime.GetProperty("replicas").GetInt32());
        Assert.All(["1h", "24h", "30d", "90d"], window => Assert.InRange(uptime.GetProperty("availability").GetProperty(window).GetDouble(), .91, .92)); // 25 of 2725 s
        Assert.Equal(JsonValueKind.Null, uptime.GetProperty("downSince").ValueKind);
    }

    [Fact]
    public async Task A_pinger_may_ask_with_HEAD()
    {
        await using var site = await Site.StartAsync(_ => { });
        using var pinger = new Visitor(site.Address);
        foreach (var path in new[] { "/alive", "/ready", "/health", "/uptime" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            Assert.Equal(HttpStatusCode.OK, (await pinger.SendAsync(request)).StatusCode);
        }
    }

    [SkippableFact]
    public async Task In_an_outage_it_is_503_and_says_since_when_and_afterwards_the_outage_is_on_record()
    {
        var clock = new ManualClock();
        await using var site = await StartAsync(clock);
        using var pinger = new Visitor(site.Address);
        var heartbeat = site.Services.GetRequiredService<Heartbeat>();
        await heartbeat.BeatAsync(default);
        await pinger.GetAsync("/uptime"); // what is known and kept must not hide what comes
        var lastBeat = clock.GetUtcNow();
        redis.Stop();
        clock.Advance(TimeSpan.FromMinutes(10));

        var down = await pinger.GetAsync("/uptime");
        var report = await down.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        Assert.Equal("down", report.GetProperty("status").GetString());
        Assert.Equal(lastBeat, report.GetProperty("downSince").GetDateTimeOffset(), TimeSpan.FromSeconds(1));
        Assert.InRange(report.GetProperty("availability").GetProperty("1h").GetDouble(), 0, 1);
        Assert.False(await heartbeat.BeatAsync(default));

        await redis.StartAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromSeconds(5)); // beyond what is kept of the last answer
                return await heartbeat.BeatAsync(default) && (await pinger.GetAsync("/uptime")).StatusCode == HttpStatusCode.OK;
            },
            "/uptime says 200");
        var history = await site.Services.GetRequiredService<IUptimeRecords>().ReadAsync(default);
        Assert.Equal(lastBeat, Assert.Single(history.Past).Begin, TimeSpan.FromSeconds(1));
    }

    [SkippableFact]
    public async Task Replicas_know_of_each_other_and_a_restart_loses_nothing()
    {
        await using var left = await StartProcessAsync();
        await using (var right = await StartProcessAsync())
        {
            Assert.Equal(2, (await ReadAsync(right)).GetProperty("replicas").GetInt32());
        }

        await Eventually.TrueAsync(async () => (await ReadAsync(left)).GetProperty("replicas").GetInt32() == 1, "the one that stopped has left");
        var since = (await ReadAsync(left)).GetProperty("knownSince").GetDateTimeOffset();
        await using var again = await StartProcessAsync();
        Assert.Equal(since, (await ReadAsync(again)).GetProperty("knownSince").GetDateTimeOffset());
    }

    [SkippableFact]
    public async Task A_storm_of_pingers_costs_Redis_a_command_or_two()
    {
        await using var site = await StartAsync(new ManualClock()); // no time passes, and so nothing that is kept is renewed
        await site.StopHeartbeatAsync();
        using var pinger = new Visitor(site.Address);
        await pinger.GetAsync("/uptime");
        var before = await redis.CommandsSentAsync();

        await Parallel.ForEachAsync(Enumerable.Range(0, 500), async (_, _) => await pinger.GetAsync("/uptime"));

        Assert.InRange(await redis.CommandsSentAsync() - before, 0, 2);
    }

    [SkippableFact]
    public async Task An_outage_is_told_once_in_the_log_and_not_with_every_beat_or_probe()
    {
        await using var site = await StartAsync(TimeProvider.System);
        using var pinger = new Visitor(site.Address);
        var heartbeat = site.Services.GetRequiredService<Heartbeat>();
        redis.Stop();
        await Eventually.TrueAsync(async () => (await pinger.GetAsync("/ready")).StatusCode == HttpStatusCode.ServiceUnavailable, "/ready says 503");
        for (var i = 0; i < 20; i++)
        {
            await heartbeat.BeatAsync(default);
            await pinger.GetAsync("/ready");
            await pinger.GetAsync("/health");
            await pinger.GetAsync("/uptime");
        }

        Assert.InRange(site.Log.Entries.Count(entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Warning), 1, 2);
        Assert.Single(site.Log.Entries, entry => entry.Message.StartsWith("This replica is not ready: session-store", StringComparison.Ordinal));
    }

    private static async Task<JsonElement> ReadAsync(SiteProcess site)
    {
        using var pinger = site.Visitor();
        return await pinger.GetFromJsonAsync<JsonElement>("/uptime");
    }

    private Task<Site> StartAsync(TimeProvider clock) =>
        Site.StartAsync(_ => { }, new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url, ["Session:IOTimeout"] = Site.ShortStoreTimeout }, services: services => services.AddSingleton(clock));

    private Task<SiteProcess> StartProcessAsync() => SiteProcess.StartAsync(new Dictionary<string, string?>
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["AllowedHosts"] = "shop.example;127.0.0.1;localhost",
        ["SECRET"] = Site.Secret,
        ["REDIS_URL"] = redis.Url,
        ["Monitoring__DrainDelay"] = "00:00:00",
    });
}
