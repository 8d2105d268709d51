using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using StackExchange.Redis;
using Tests.Parts;
using Tests.Sessions;
using Xunit.Abstractions;

namespace Tests.Scaling;

/// <summary>What becomes of sessions when the primary Redis dies and its replica takes over.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class FailoverTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Sessions_go_on_at_the_replica_and_what_had_not_reached_it_is_lost()
    {
        RedisCluster.Require();
        Skip.If(typeof(ConnectionMultiplexer).Assembly.GetName().Version!.Major < 2, "this version of StackExchange.Redis does not ask Sentinel where the primary is; 2.x does");
        await using var redis = await RedisSentinels.StartAsync();
        await using var site = await StartAsync(new() { ["ConnectionStrings__redis"] = redis.ConnectionString, ["REDIS_PASSWORD"] = RedisServer.Password });
        await using var control = await StartAsync(new() { ["Session__Store"] = "Memory" });
        using var visitor = site.Visitor().OverHttps();
        using var late = site.Visitor().OverHttps();
        Assert.Equal(1, await visitor.CountAsync());
        Assert.Equal(2, await visitor.CountAsync());
        await Eventually.TrueAsync(async () => (await redis.Replica.SessionKeysAsync()).Length == 1, "the replica has the session");

        await redis.CutOffReplicaAsync(); // what is written from now on has not arrived when the primary dies
        Assert.Equal(3, await visitor.CountAsync());
        Assert.Equal(1, await late.CountAsync());
        redis.Primary.Stop();

        // The client blocks threads meanwhile, and others must be left: asked at the same time, a site without a Redis is the control.
        var others = SlowestAnswer.Watch(site.Visitor().OverHttps(), "/alive");
        var othersThere = SlowestAnswer.Watch(control.Visitor().OverHttps(), "/alive");
        var watch = Stopwatch.StartNew();
        var statuses = new List<int>();
        HttpResponseMessage answer;
        while (!(answer = await visitor.GetAsync("/counter")).IsSuccessStatusCode)
        {
            statuses.Add((int)answer.StatusCode);
            Assert.True(watch.Elapsed < Eventually.Patience, "no failover");
            await Task.Delay(100);
        }

        await others.DisposeAsync();
        await othersThere.DisposeAsync();
        output.WriteLine($"unavailable for {watch.Elapsed.TotalSeconds:F1} s, {statuses.Count} requests refused; others waited {others.Time.TotalMilliseconds:F0} ms at most, at the control {othersThere.Time.TotalMilliseconds:F0} ms");
        Assert.True(others.Time < TimeSpan.FromSeconds(1) + (4 * othersThere.Time), $"others waited {others.Time.TotalSeconds:F1} s, at the control {othersThere.Time.TotalSeconds:F1} s");
        Assert.All(statuses, status => Assert.Equal(503, status));
        await Eventually.TrueAsync(() => redis.IsPrimaryAsync(redis.Replica), "the sentinel that is asked has heard of it, too");
        var views = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("views").GetInt32();
        Assert.InRange(views, 3, 3 + statuses.Count); // nobody knows of a 503 whether it was counted
        Assert.Equal(1, await late.CountAsync()); // what never arrived is lost: this session is a new one
    }

    [SkippableFact]
    public async Task A_primary_can_be_told_to_refuse_what_it_could_lose()
    {
        RedisServer.RequireRedis("replication");
        var redis = new RedisServer();
        await redis.StartAsync("min-replicas-to-write 1");
        try
        {
            await using var site = await SessionEndpoints.StartAsync(redis);
            using var visitor = site.Visitor();

            Assert.Equal(503, (int)(await visitor.GetAsync("/set/a/1")).StatusCode);
            Assert.Empty(visitor.Cookies);
            Assert.Equal(200, (int)(await visitor.GetAsync("/get/a")).StatusCode); // reading goes on
        }
        finally
        {
            await redis.DisposeAsync();
        }
    }

    private static Task<SiteProcess> StartAsync(Dictionary<string, string?> settings) => SiteProcess.StartAsync(new Dictionary<string, string?>(settings)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["AllowedHosts"] = "127.0.0.1",
        ["SECRET"] = Site.Secret,
        ["Monitoring__DrainDelay"] = "00:00:00",
        ["Session__IOTimeout"] = Site.ShortStoreTimeout,
    });
}
