using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Health;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary>The addresses that machines ask, in every environment.</summary>
public sealed class ProbeTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Alive_ready_and_health_say_a_word_and_are_never_cached(string environment)
    {
        await using var site = await Site.StartAsync(_ => { }, environment: environment);
        using var client = new Visitor(site.Address);
        foreach (var path in new[] { "/alive", "/ready", "/health" })
        {
            var response = await client.GetAsync(path);
            Assert.Equal(200, (int)response.StatusCode);
            Assert.True(response.Headers.CacheControl!.NoStore);
            Assert.Contains("Healthy", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_command_probe_tells_a_container_engine_how_the_site_is()
    {
        await using var site = await Site.StartAsync(_ => { });

        Assert.Equal(0, await ProbeCommand.RunAsync($"{site.Address}ready"));
        Assert.Equal(1, await ProbeCommand.RunAsync($"{site.Address}missing"));
        Assert.Equal(1, await ProbeCommand.RunAsync($"http://127.0.0.1:{FreePort.Next()}/ready"));
    }

    [Fact]
    public async Task Health_gives_detail_in_Development_only()
    {
        await using var development = await Site.StartAsync(_ => { }, environment: "Development");
        await using var production = await Site.StartAsync(_ => { });
        using var inside = new Visitor(development.Address);
        using var outside = new Visitor(production.Address);

        Assert.Equal("Healthy", (await inside.GetFromJsonAsync<JsonElement>("/health")).GetProperty("checks").GetProperty("session-store").GetProperty("status").GetString());
        Assert.Equal("Healthy", await outside.GetStringAsync("/health"));
    }

    [Fact]
    public async Task Asked_to_stop_it_is_not_ready_at_once_and_still_serves_until_everybody_has_seen_it()
    {
        var (began, end) = (new TaskCompletionSource(), new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
        using var enough = new CancellationTokenSource();
        await using var site = await Site.StartAsync(
            app => app.MapGet("/slow", () =>
            {
                began.SetResult();
                return end.Task;
            }),
            new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["Monitoring:DrainDelay"] = "00:00:20" });
        using var client = site.Visitor();
        var inFlight = client.GetStringAsync("/slow");
        await began.Task;
        Assert.Null((await client.GetAsync("/alive")).Headers.ConnectionClose);

        var stopping = site.StopAsync(enough.Token);

        await Eventually.TrueAsync(async () => (int)(await client.GetAsync("/ready")).StatusCode == 503, "/ready says 503");
        var last = await client.GetAsync("/alive");
        Assert.Equal(200, (int)last.StatusCode);
        Assert.True(last.Headers.ConnectionClose, "a kept connection ends with this answer, and not under the next request");
        end.SetResult("done");
        Assert.Equal("done", await inFlight);
        await enough.CancelAsync(); // the rest of the drain
        await Record.ExceptionAsync(() => stopping);
    }

    [SkippableFact]
    public async Task A_storm_of_probes_costs_Redis_a_command_each_half_second()
    {
        var clock = new ManualClock();
        await using var site = await Site.StartAsync(
            _ => { }, new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url }, services: services => services.AddSingleton<TimeProvider>(clock));
        await site.StopHeartbeatAsync();
        using var client = new Visitor(site.Address);
        await client.GetAsync("/ready");
        for (var halfSeconds = 0; halfSeconds < 4; halfSeconds++)
        {
            var before = await redis.CommandsSentAsync();

            await Parallel.ForEachAsync(Enumerable.Range(0, 100), async (i, _) => await client.GetAsync(i % 2 == 0 ? "/ready" : "/alive"));

            Assert.InRange(await redis.CommandsSentAsync() - before, 0, 1);
            clock.Advance(TimeSpan.FromSeconds(0.5));
        }
    }
}
