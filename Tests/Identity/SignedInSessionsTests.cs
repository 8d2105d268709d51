using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Identity;
using Tests.Parts;

namespace Tests.Identity;

/// <summary>Where a user is signed in, and ending it.</summary>
public sealed class SignedInSessionsTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string FirefoxOnLinux = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0";

    private readonly string user = Guid.NewGuid().ToString("N");

    [SkippableFact]
    public async Task The_list_tells_device_place_since_and_last_seen()
    {
        var clock = new ManualClock();
        var start = clock.GetUtcNow();
        await using var site = await SignInEndpoints.StartAsync(redis, services: services => services.AddSingleton<TimeProvider>(clock));
        using var browser = site.Visitor();
        browser.DefaultRequestHeaders.UserAgent.ParseAdd(FirefoxOnLinux);
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.77");
        await browser.GetAsync($"/sign-in/{user}");
        clock.Advance(TimeSpan.FromHours(2));
        await browser.WhoAsync();
        clock.Advance(TimeSpan.FromHours(1));

        var session = Assert.Single(await ListAsync(site));

        Assert.Equal("Firefox on Linux", session.SignIn.Device);
        Assert.Equal("203.0.113.*", session.SignIn.Place);
        Assert.Equal(start, session.SignIn.Since, TimeSpan.FromSeconds(1));
        Assert.Equal(start.AddHours(2), session.LastSeen, TimeSpan.FromMilliseconds(1));
    }

    [SkippableFact]
    public async Task One_session_is_ended_on_every_replica_and_the_others_stay()
    {
        await using var left = await SignInEndpoints.StartAsync(redis);
        await using var right = await SignInEndpoints.StartAsync(redis);
        using var lost = await left.SignedInAsync(user);
        using var kept = await right.SignedInAsync(user);
        var id = await lost.GetStringAsync("/id");

        Assert.True(await Sessions(right).EndAsync(user, id, by: user, default));

        Assert.Equal("(nobody)", await lost.WhoAsync());
        Assert.Equal(user, await kept.WhoAsync());
        Assert.False(await Sessions(right).EndAsync(user, id, by: user, default));
        Assert.Single(await ListAsync(left));
    }

    [SkippableFact]
    public async Task All_are_ended_or_all_but_one()
    {
        await using var site = await SignInEndpoints.StartAsync(redis);
        using var one = await site.SignedInAsync(user);
        using var two = await site.SignedInAsync(user);
        using var three = await site.SignedInAsync(user);

        Assert.Equal(2, await Sessions(site).EndAllAsync(user, except: await two.GetStringAsync("/id"), by: user, default));
        Assert.Equal(["(nobody)", user, "(nobody)"], [await one.WhoAsync(), await two.WhoAsync(), await three.WhoAsync()]);

        Assert.Equal(1, await Sessions(site).EndAllAsync(user, except: null, by: user, default));
        Assert.Equal("(nobody)", await two.WhoAsync());
        Assert.Empty(await ListAsync(site));
    }

    [SkippableFact]
    public async Task Nobody_ends_the_session_of_another_user_by_its_id()
    {
        await using var site = await SignInEndpoints.StartAsync(redis);
        using var browser = await site.SignedInAsync(user);

        Assert.False(await Sessions(site).EndAsync("another", await browser.GetStringAsync("/id"), by: "another", default));
        Assert.Equal(user, await browser.WhoAsync());
    }

    [SkippableFact]
    public async Task Being_listed_does_not_keep_a_session_alive_and_what_has_died_leaves_the_list()
    {
        var clock = new ManualClock();
        await using var site = await SignInEndpoints.StartAsync(redis, services: services => services.AddSingleton<TimeProvider>(clock));
        using var idle = await site.SignedInAsync(user);
        using var busy = await site.SignedInAsync(user);
        for (var days = 0; days < 7; days++)
        {
            Assert.Equal(2, (await ListAsync(site)).Count);
            clock.Advance(TimeSpan.FromDays(1));
            await busy.WhoAsync();
        }

        Assert.Single(await ListAsync(site));
        Assert.Single(await site.Services.GetRequiredService<ISignInRecords>().ListAsync(user, default));
    }

    [SkippableFact]
    public async Task A_new_id_that_other_code_asks_for_stays_listed_and_can_be_ended()
    {
        await using var site = await SignInEndpoints.StartAsync(redis);
        using var browser = await site.SignedInAsync(user);
        await browser.GetAsync("/renew");
        Assert.Equal(user, await browser.WhoAsync());

        var session = Assert.Single(await ListAsync(site));
        Assert.Equal(await browser.GetStringAsync("/id"), session.SignIn.Session);
        await Sessions(site).EndAllAsync(user, except: null, by: user, default);

        Assert.Equal("(nobody)", await browser.WhoAsync());
    }

    [SkippableFact]
    public async Task Beyond_the_most_that_a_user_may_have_the_oldest_ends()
    {
        var clock = new ManualClock();
        await using var site = await SignInEndpoints.StartAsync(
            redis,
            settings: new Dictionary<string, string?> { ["SignIn:SessionsPerUser"] = "3" },
            services: services => services.AddSingleton<TimeProvider>(clock));
        var browsers = new List<Visitor>();
        for (var i = 0; i < 5; i++)
        {
            browsers.Add(await site.SignedInAsync(user));
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        var who = await Task.WhenAll(browsers.Select(browser => browser.WhoAsync()));

        Assert.Equal(["(nobody)", "(nobody)", user, user, user], who);
        Assert.Equal(3, (await ListAsync(site)).Count);
        browsers.ForEach(browser => browser.Dispose());
    }

    [SkippableFact]
    public async Task An_end_is_felt_by_every_replica_with_its_next_request()
    {
        await using var left = await SignInEndpoints.StartAsync(redis);
        await using var right = await SignInEndpoints.StartAsync(redis);
        using var onLeft = await left.SignedInAsync(user);
        using var onRight = onLeft.At(right);
        Assert.Equal([user, user], [await onLeft.WhoAsync(), await onRight.WhoAsync()]);

        await Sessions(left).EndAllAsync(user, except: null, by: "operator", default);

        Assert.Equal(["(nobody)", "(nobody)"], [await onLeft.WhoAsync(), await onRight.WhoAsync()]);
    }

    [Fact]
    public async Task In_memory_it_is_the_same_but_for_replicas()
    {
        await using var site = await Site.StartAsync(SignInEndpoints.Map);
        using var one = await site.SignedInAsync(user);
        using var two = await site.SignedInAsync(user);
        Assert.Equal(2, (await ListAsync(site)).Count);

        await Sessions(site).EndAllAsync(user, except: await two.GetStringAsync("/id"), by: user, default);

        Assert.Equal(["(nobody)", user], [await one.WhoAsync(), await two.WhoAsync()]);
    }

    private static SignedInSessions Sessions(Site site) => site.Services.GetRequiredService<SignedInSessions>();

    private Task<IReadOnlyList<SignedInSession>> ListAsync(Site site) => Sessions(site).ListAsync(user, default);
}
