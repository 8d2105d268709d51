using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tests.Identity;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary>What a replica says of itself, in an outage and after it, and to whom.</summary>
public sealed class ReadinessTests : IAsyncLifetime
{
    private static readonly TimeSpan Old = TimeSpan.FromSeconds(2);

    private readonly RedisServer redis = new();

    public Task InitializeAsync() => redis.InitializeAsync();

    public Task DisposeAsync() => redis.DisposeAsync();

    [SkippableTheory]
    [InlineData("stopped")]
    [InlineData("frozen")]
    public async Task No_probe_gets_a_result_older_than_two_seconds(string how)
    {
        var clock = new ManualClock();
        await using var site = await StartAsync(clock);
        using var probe = new Visitor(site.Address);
        await BecomesReadyAsync();

        await (how == "stopped" ? Task.Run(redis.Stop) : Task.Run(redis.Freeze));
        clock.Advance(Old);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await probe.GetAsync("/ready")).StatusCode);

        await (how == "stopped" ? redis.StartAsync() : Task.Run(redis.Thaw));
        await BecomesReadyAsync();

        Task BecomesReadyAsync() => Eventually.TrueAsync(
            async () =>
            {
                clock.Advance(Old);
                return (await probe.GetAsync("/ready")).StatusCode == HttpStatusCode.OK;
            },
            "/ready says 200");
    }

    [SkippableFact]
    public async Task Alive_asks_nothing_of_Redis_and_needs_none()
    {
        await using var site = await StartAsync(TimeProvider.System);
        await site.StopHeartbeatAsync();
        using var probe = new Visitor(site.Address);
        var before = await redis.CommandsSentAsync();
        await AskAsync();
        Assert.InRange(await redis.CommandsSentAsync() - before, 0, 2); // of the connection itself

        redis.Stop();
        await AskAsync();

        async Task AskAsync()
        {
            for (var i = 0; i < 50; i++)
            {
                Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/alive")).StatusCode);
            }
        }
    }

    [SkippableFact]
    public async Task Operators_see_every_check_and_replica_and_others_a_word()
    {
        await using (var before = await AccountSite.StartAsync(redis))
        {
            using var _ = await before.RegisterAsync("olga");
        }

        await using var site = await AccountSite.StartAsync(redis, AccountSite.Operator("olga"));
        using var ann = await site.RegisterAsync("ann");
        using var olga = site.Visitor();
        await olga.SignInAsync("olga");
        using var stranger = site.Visitor();

        Assert.Equal("Healthy", await stranger.GetStringAsync("/health"));
        Assert.Equal("Healthy", await ann.GetStringAsync("/health"));
        var detail = JsonDocument.Parse(await olga.GetStringAsync("/health")).RootElement;
        Assert.Contains(redis.Product, detail.GetProperty("checks").GetProperty("session-store").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal($"{Environment.MachineName}-{Environment.ProcessId}", detail.GetProperty("replicas")[0].GetProperty("instance").GetString());
    }

    [Fact]
    public async Task A_check_of_ones_own_with_the_tag_decides_too_and_may_not_hang()
    {
        await using var site = await Site.StartAsync(_ => { }, services: services => services.AddHealthChecks()
            .AddAsyncCheck("stuck", async cancelled =>
            {
                await Task.Delay(Timeout.Infinite, cancelled);
                return HealthCheckResult.Healthy();
            }, ["ready"]));
        using var probe = new Visitor(site.Address);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await probe.GetAsync("/ready")).StatusCode);
        Assert.Contains(site.Log.Entries, entry => entry.Message.StartsWith("This replica is not ready: stuck", StringComparison.Ordinal));
    }

    private Task<Site> StartAsync(TimeProvider clock) => Site.StartAsync(
        _ => { }, new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url, ["Session:IOTimeout"] = Site.ShortStoreTimeout }, services: services => services.AddSingleton(clock));
}
