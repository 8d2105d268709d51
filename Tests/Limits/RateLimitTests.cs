using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tests.Identity;
using Tests.Parts;

namespace Tests.Limits;

/// <summary>How often one client may ask.</summary>
public sealed class RateLimitTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_client_that_asks_too_often_gets_429_and_when_to_retry_and_others_are_served()
    {
        var clock = new ManualClock();
        await using var site = await StartAsync(clock, ("Limits:Rate:Requests", "5"));
        using var eager = From(site, "203.0.113.7");
        using var other = From(site, "203.0.113.8");
        for (var i = 1; i <= 5; i++)
        {
            var served = await eager.GetAsync("/");
            Assert.Equal(HttpStatusCode.OK, served.StatusCode);
            Assert.Equal(("\"requests\";q=5;w=10", $"\"requests\";r={5 - i};t={2 * i}"), Fields(served));
        }

        var refused = await eager.GetAsync("/");
        await refused.NamesAsync(HttpStatusCode.TooManyRequests, "rate-requests", 5);
        Assert.Equal("2", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal(("\"requests\";q=5;w=10", "\"requests\";r=0;t=10"), Fields(refused));
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await eager.GetAsync("/ready")).StatusCode);

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await eager.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await eager.GetAsync("/")).StatusCode);
        site.Log.HasNothingToWorryAbout();
    }

    [Fact]
    public async Task What_may_change_something_is_limited_more_strictly()
    {
        await using var site = await StartAsync(new ManualClock(), ("Limits:Rate:Writes", "2"));
        using var eager = From(site, "203.0.113.7");

        Assert.Equal("\"writes\";r=1;t=5", Fields(await eager.PostAsync("/", null)).Limit);
        Assert.Equal("\"writes\";r=0;t=10", Fields(await eager.PostAsync("/", null)).Limit);
        await (await eager.PostAsync("/", null)).NamesAsync(HttpStatusCode.TooManyRequests, "rate-writes", 2);
        Assert.Equal(HttpStatusCode.OK, (await eager.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task A_customers_whole_IPv6_network_is_one_client()
    {
        await using var site = await StartAsync(new ManualClock(), ("Limits:Rate:Requests", "2"));
        foreach (var (address, expected) in new[] { ("2001:db8:1:2::1", 200), ("2001:db8:1:2::2", 200), ("2001:db8:1:2:ffff::3", 429), ("2001:db8:1:3::1", 200) })
        {
            using var browser = From(site, address);
            Assert.Equal(expected, (int)(await browser.GetAsync("/")).StatusCode);
        }
    }

    [Fact]
    public async Task Requests_in_parallel_are_counted_exactly()
    {
        await using var site = await StartAsync(new ManualClock(), ("Limits:Rate:Requests", "50"));
        using var eager = From(site, "203.0.113.7");

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ => (await eager.GetAsync("/")).StatusCode));

        Assert.Equal(50, answers.Count(status => status == HttpStatusCode.OK));
    }

    [SkippableFact]
    public async Task Signing_in_and_registering_are_limited_to_the_same_number_on_one_replica_and_on_three()
    {
        RedisServer.Require();
        await redis.RunAsync("FLUSHALL");
        var starting = Enumerable.Range(0, 3).Select(_ => SiteProcess.StartAsync(new Dictionary<string, string?>
        {
            ["REDIS_URL"] = redis.Url,
            ["SECRET"] = Site.Secret,
            ["AllowedHosts"] = "127.0.0.1",
            ["Monitoring__DrainDelay"] = "00:00:00",
            ["SignIn__RequestsPerAddress"] = "6",
            ["SignIn__AttemptsPerAddress"] = "1000",
            ["SignIn__RegistrationsPerAddress"] = "2",
        })).ToArray();
        await using var one = await starting[0];
        await using var two = await starting[1];
        await using var three = await starting[2];

        var onOne = await SignInAsync("203.0.113.1", one);
        var onThree = await SignInAsync("203.0.113.3", one, two, three);

        HttpStatusCode[] expected =
        [
            HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.TooManyRequests, // the third account of this network
            HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, // the seventh form
        ];
        Assert.Equal(expected, onOne);
        Assert.Equal(expected, onThree);
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/account/register")]
    [InlineData("/account/password")]
    public async Task Registering_and_a_new_password_count_as_signing_in(string path)
    {
        await using var site = await AccountSite.StartInMemoryAsync();
        using var browser = From(site, "203.0.113.7");

        Assert.StartsWith("\"sign-in\";", Fields(await browser.PostAsync(path, null)).Policy, StringComparison.Ordinal);
    }

    /// <summary>Three registrations and five sign-ins from one address, in turn on each replica.</summary>
    private static async Task<List<HttpStatusCode>> SignInAsync(string address, params SiteProcess[] replicas)
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
        {
            using var browser = replicas[i % replicas.Length].Visitor().OverHttps();
            browser.DefaultRequestHeaders.Add("X-Forwarded-For", address);
            var answer = i < 3
                ? await browser.SubmitAsync("/account/register", ("Name", $"name-{i}-{address}"), ("Password", AccountSite.Password), ("Repeated", AccountSite.Password))
                : await browser.SignInAsync($"nobody-{i}", "wrong");
            answers.Add(answer.Status);
        }

        return answers;
    }

    private static (string Policy, string Limit) Fields(HttpResponseMessage answer) =>
        (answer.Headers.GetValues("RateLimit-Policy").Single(), answer.Headers.GetValues("RateLimit").Single());

    private static Visitor From(Site site, string address)
    {
        var browser = site.Visitor();
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return browser;
    }

    private static Task<Site> StartAsync(ManualClock clock, (string Key, string Value) setting) => Site.StartAsync(
        app =>
        {
            app.MapGet("/", () => "ok");
            app.MapPost("/", () => "ok");
        },
        new Dictionary<string, string?> { ["Session:Store"] = "Memory", [setting.Key] = setting.Value },
        services: services => services.AddSingleton<TimeProvider>(clock));
}
