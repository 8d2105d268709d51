using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Caching;
using Tests.Parts;
using static Tests.Caching.CacheSite;

namespace Tests.Caching;

/// <summary>Redis away: answers are made anew, nobody waits for it, and it comes back by itself.</summary>
public sealed class CacheOutageTests : IAsyncLifetime
{
    private readonly RedisServer redis = new();
    private readonly Run run = Counted();

    public Task InitializeAsync() => redis.InitializeAsync();

    public Task DisposeAsync() => redis.DisposeAsync();

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_Redis_stopped_or_frozen_public_answers_are_made_anew_without_waiting_each_time(bool frozen)
    {
        var clock = new ManualClock(); // Redis is tried again after two seconds of it
        await using var site = await StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        using var browser = site.Visitor();
        await Eventually.TrueAsync(AreStoredAsync, "answers are stored");
        var before = site.Log.Entries.Count;

        if (frozen)
        {
            redis.Freeze();
        }
        else
        {
            redis.Stop();
        }

        await browser.GetStringAsync("/"); // finds it out, and waits
        using var patience = new CancellationTokenSource(Eventually.Patience); // shorter than fifty waits
        for (var i = 0; i < 50; i++)
        {
            Assert.StartsWith("run ", await browser.GetStringAsync("/", patience.Token), StringComparison.Ordinal);
        }

        var eviction = await browser.PostAsync("/evict", null);
        Assert.Equal(503, (int)eviction.StatusCode); // an eviction that is not done is no secret

        if (frozen)
        {
            redis.Thaw();
        }
        else
        {
            await redis.StartAsync();
        }

        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(2));
                return AreStoredAsync();
            },
            "answers are stored again");
        Assert.Single(site.Log.Entries.Skip(before), entry => entry.Message.StartsWith("The shared output cache (Redis) fails", StringComparison.Ordinal));
        Assert.Single(site.Log.Entries.Skip(before), entry => entry.Message.StartsWith("The shared output cache (Redis) works again", StringComparison.Ordinal));

        async Task<bool> AreStoredAsync() => await browser.GetStringAsync("/") == await browser.GetStringAsync("/");
    }

    [SkippableFact]
    public async Task With_Redis_away_a_stampede_still_runs_the_handler_once()
    {
        var stampede = new Stampede(requests: 100);
        await using var site = await StartAsync(stampede.WaitAsync, stampede.AddTo);
        using var browser = site.Visitor();
        redis.Stop();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => browser.GetStringAsync("/")));

        Assert.All(answers, answer => Assert.Equal("run 1", answer));
    }

    [SkippableFact]
    public async Task With_Redis_out_of_memory_answers_are_made_anew()
    {
        RedisServer.RequireRedis("a limit of memory that refuses writes");
        await using var site = await StartAsync();
        using var browser = site.Visitor();
        await redis.RunAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await redis.RunAsync("CONFIG", "SET", "maxmemory", "1");

        Assert.Equal("run 1", await browser.GetStringAsync("/"));
        Assert.Equal("run 2", await browser.GetStringAsync("/"));
    }

    private Task<Site> StartAsync(Func<Task>? wait = null, Action<IServiceCollection>? services = null)
    {
        return Site.StartAsync(
            app =>
            {
                app.MapGet("/", async () =>
                {
                    await (wait?.Invoke() ?? Task.CompletedTask);
                    return run.Next();
                }).CacheHint(Minute, CacheScope.Public);
                app.MapPost("/evict", async (IOutputCacheStore cache, CancellationToken cancel) => await cache.EvictByTagAsync("notes", cancel));
            },
            new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url, ["Caching:Patience"] = Site.ShortStoreTimeout, ["Session:IOTimeout"] = Site.ShortStoreTimeout },
            services: services);
    }
}
