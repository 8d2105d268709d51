using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;

namespace Tests.Identity.Passwords;

/// <summary>Ten failed attempts in three minutes, counted by all replicas together, lock a name and slow an address.</summary>
public sealed class SignInThrottleTests : IAsyncLifetime
{
    private const string TooMany = "There have been too many attempts to sign in.";

    /// <summary>Addresses have all they need, where the test is about names.</summary>
    private static readonly Dictionary<string, string?> ManyPerAddress = new() { ["SignIn:AttemptsPerAddress"] = "1000" };

    private readonly RedisServer redis = new();

    public Task InitializeAsync() => redis.InitializeAsync();

    public Task DisposeAsync() => redis.DisposeAsync();

    [SkippableTheory]
    [InlineData("ann", "a name that exists")]
    [InlineData("nobody", "a name that does not")]
    public async Task Ten_failures_over_two_replicas_lock_a_name_whether_it_exists_or_not(string name, string what)
    {
        var clock = new ManualClock();
        await using var left = await StartAsync(ManyPerAddress, clock);
        await using var right = await StartAsync(ManyPerAddress, clock);
        using var _ = await left.RegisterAsync("ann");
        for (var i = 0; i < 10; i++)
        {
            using var browser = (i % 2 == 0 ? left : right).Visitor();
            Assert.Contains("is wrong", (await browser.SignInAsync(name, "wrong")).Text, StringComparison.Ordinal);
        }

        using var next = right.Visitor();
        var answer = await next.SignInAsync(name);

        Assert.True(answer.Text.Contains($"{TooMany} Try again in 3 minutes.", StringComparison.Ordinal), what);
        Assert.Equal((HttpStatusCode.OK, null), (answer.Status, answer.RetryAfter));
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(name == "ann", (await next.SignInAsync(name)).IsRedirect);
    }

    [SkippableFact]
    public async Task A_locked_name_stays_signed_in_where_it_is_and_others_can_sign_in()
    {
        await using var site = await StartAsync(ManyPerAddress);
        using var ann = await site.RegisterAsync("ann");
        using var _ = await site.RegisterAsync("bob");
        await FailAsync(site, "ann", 11);

        using var bob = site.Visitor();
        Assert.True((await bob.SignInAsync("bob")).IsRedirect);
        Assert.Equal("ann", await ann.WhoAsync());
    }

    [SkippableFact]
    public async Task Ten_failures_from_one_address_get_a_429_that_says_when_to_try_again_and_other_addresses_do_not()
    {
        var clock = new ManualClock();
        await using var site = await StartAsync(clock: clock);
        using var _ = await site.RegisterAsync("ann");
        for (var i = 0; i < 10; i++)
        {
            await FailAsync(site, $"guess-{i}", 1, "203.0.113.7");
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        using var same = From(site, "203.0.113.7");
        var refused = await same.SignInAsync("ann");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal(TimeSpan.FromMinutes(2), refused.RetryAfter);
        Assert.Contains(TooMany, refused.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"ann\"", refused.Text, StringComparison.Ordinal);

        using var other = From(site, "203.0.113.8");
        Assert.True((await other.SignInAsync("ann")).IsRedirect);
    }

    [SkippableFact]
    public async Task A_customers_whole_IPv6_network_counts_as_one_address()
    {
        await using var site = await StartAsync();
        for (var i = 0; i < 10; i++)
        {
            await FailAsync(site, $"guess-{i}", 1, $"2001:db8:1:2::{i + 1}");
        }

        using var same = From(site, "2001:db8:1:2:ffff::1");
        using var other = From(site, "2001:db8:1:3::1");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await same.SignInAsync("ann", "wrong")).Status);
        Assert.Equal(HttpStatusCode.OK, (await other.SignInAsync("ann", "wrong")).Status);
    }

    [SkippableFact]
    public async Task A_success_forgives_the_name_and_not_the_address()
    {
        await using var site = await StartAsync();
        using var _ = await site.RegisterAsync("ann");
        await FailAsync(site, "ann", 9);
        using var right = From(site, "198.51.100.1");
        Assert.True((await right.SignInAsync("ann")).IsRedirect);

        await FailAsync(site, "bob", 1);
        using var next = From(site, "198.51.100.1");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await next.SignInAsync("ann")).Status);
    }

    [SkippableFact]
    public async Task Guesses_in_parallel_are_counted_too()
    {
        await using var left = await StartAsync(ManyPerAddress);
        await using var right = await StartAsync(ManyPerAddress);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            using var browser = (i % 2 == 0 ? left : right).Visitor();
            return await browser.SignInAsync("ann", $"guess {i}");
        }));

        Assert.Equal(30, answers.Count(answer => answer.Text.Contains(TooMany, StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task Guesses_at_the_present_password_count_when_it_is_to_be_changed()
    {
        await using var site = await StartAsync(ManyPerAddress);
        using var browser = await site.RegisterAsync("ann");
        for (var i = 0; i < 10; i++)
        {
            await browser.SubmitAsync("/account/password", ("Password", "guess"), ("NewPassword", "nine large yellow kites"), ("Repeated", "nine large yellow kites"));
        }

        var answer = await browser.SubmitAsync("/account/password", ("Password", AccountSite.Password), ("NewPassword", "nine large yellow kites"), ("Repeated", "nine large yellow kites"));
        Assert.Contains(TooMany, answer.Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_dump_of_the_counters_tells_no_name_and_no_address()
    {
        await using var site = await StartAsync();
        await FailAsync(site, "ann", 1, "203.0.113.7");

        string[] keys = [.. (await redis.KeysAsync()).Where(key => key.Contains(":sign-in-attempts:", StringComparison.Ordinal))];
        Assert.Equal(3, keys.Length);
        Assert.All(keys, key => Assert.Matches("^shop:sign-in-attempts:(name|address|request):[0-9a-f]{64}$", key));
    }

    [SkippableFact]
    public async Task With_Redis_away_nobody_can_guess_unseen()
    {
        await using var site = await StartAsync(new() { ["Session:IOTimeout"] = Site.ShortStoreTimeout });
        using var browser = site.Visitor();
        var page = await browser.GetStringAsync("/account/sign-in");
        var token = page.Split("__RequestVerificationToken\" type=\"hidden\" value=\"")[1].Split('"')[0];
        redis.Stop();

        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["Name"] = "ann", ["Password"] = "guess", ["__RequestVerificationToken"] = token });
        var answer = await browser.PostAsync("/account/sign-in", form);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("2", answer.Headers.GetValues("Retry-After").Single());
    }

    private static Visitor From(Site site, string address)
    {
        var browser = site.Visitor();
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return browser;
    }

    private static async Task FailAsync(Site site, string name, int times, string address = "198.51.100.1")
    {
        for (var i = 0; i < times; i++)
        {
            using var browser = From(site, address);
            await browser.SignInAsync(name, "wrong");
        }
    }

    private Task<Site> StartAsync(Dictionary<string, string?>? settings = null, ManualClock? clock = null) => AccountSite.StartAsync(
        redis,
        settings,
        services =>
        {
            if (clock is not null)
            {
                services.AddSingleton<TimeProvider>(clock);
            }
        });
}
