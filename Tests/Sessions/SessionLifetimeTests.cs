using Tests.Parts;

namespace Tests.Sessions;

/// <summary>Sessions end: when idle for long, and at last however busy.</summary>
public sealed class SessionLifetimeTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Session:IdleTimeout"] = "01:00:00",
        ["Session:AbsoluteTimeout"] = "03:00:00",
    };

    [SkippableFact]
    public async Task A_session_ends_after_its_idle_limit()
    {
        var clock = new ManualClock();
        await using var site = await SessionEndpoints.StartAsync(redis, settings: Settings, clock: clock);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");

        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("1", await browser.GetStringAsync("/get/a"));
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("1", await browser.GetStringAsync("/get/a"));
        clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal("(none)", await browser.GetStringAsync("/get/a"));
    }

    [SkippableFact]
    public async Task A_busy_session_ends_at_its_absolute_limit()
    {
        var clock = new ManualClock();
        await using var site = await SessionEndpoints.StartAsync(redis, settings: Settings, clock: clock);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");
        for (var i = 0; i < 5; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(30));
            Assert.Equal("1", await browser.GetStringAsync("/get/a"));
        }

        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("(none)", await browser.GetStringAsync("/get/a"));
    }

    [SkippableFact]
    public async Task Redis_itself_never_keeps_a_session_beyond_its_absolute_limit()
    {
        var clock = new ManualClock();
        await using var site = await SessionEndpoints.StartAsync(redis, settings: Settings, clock: clock);
        using var browser = site.Visitor();
        var before = await redis.SessionKeysAsync();
        await browser.GetAsync("/set/a/1");
        var key = (await redis.SessionKeysAsync()).Except(before).Single();
        for (var minutes = 0; minutes < 180; minutes += 20)
        {
            var left = await redis.Database.KeyTimeToLiveAsync(key);
            Assert.NotNull(left);
            Assert.True(left <= TimeSpan.FromMinutes(Math.Min(60, 180 - minutes)), $"{left} left after {minutes} minutes");
            clock.Advance(TimeSpan.FromMinutes(20));
            await browser.GetAsync(minutes % 40 == 0 ? "/get/a" : "/set/a/2");
        }
    }
}
