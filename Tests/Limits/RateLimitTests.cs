using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;

namespace Tests.Limits;

/// <summary>How often one client may ask.</summary>
public sealed class RateLimitTests
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
