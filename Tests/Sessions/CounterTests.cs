using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Sessions;
using Tests.Parts;

namespace Tests.Sessions;

/// <summary>The visit counter, exact under parallel requests and on several replicas.</summary>
public sealed class CounterTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [SkippableFact]
    public async Task Three_requests_of_one_browser_count_to_three()
    {
        await using var site = await StartAsync();
        using var browser = site.Visitor();

        Assert.Equal(1, await browser.CountAsync());
        Assert.Equal(2, await browser.CountAsync());
        Assert.Equal(3, await browser.CountAsync());
    }

    [SkippableFact]
    public async Task Two_browsers_are_counted_apart()
    {
        await using var site = await StartAsync();
        using var one = site.Visitor();
        using var two = site.Visitor();
        await one.CountAsync();
        await one.CountAsync();

        Assert.Equal(1, await two.CountAsync());
    }

    [SkippableFact]
    public async Task The_count_survives_a_restart_of_the_site()
    {
        using var browser = new Visitor(new Uri("http://127.0.0.1"));
        await using (var first = await StartAsync())
        {
            using var before = first.Visitor();
            await before.CountAsync();
            browser.Cookies.Add(before.Cookies.Single());
        }

        await using var second = await StartAsync();
        using var after = second.Visitor();
        after.Cookies.Add(browser.Cookies.Single());

        Assert.Equal(2, await after.CountAsync());
    }

    [SkippableFact]
    public async Task A_thousand_increments_over_sixteen_connections_and_two_replicas_are_a_thousand()
    {
        await using var left = await StartAsync();
        await using var right = await StartAsync();
        using var onLeft = left.Visitor();
        using var onRight = right.Visitor();
        await onLeft.CountAsync();
        onRight.Cookies.Add(onLeft.Cookies.Single());

        await Parallel.ForEachAsync(
            Enumerable.Range(1, 999),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) => await (i % 2 == 0 ? onLeft : onRight).CountAsync());

        Assert.Equal(1001, await onLeft.CountAsync());
    }

    [SkippableFact]
    public async Task The_count_is_the_int_that_GetInt32_reads()
    {
        await using var site = await StartAsync();
        using var browser = site.Visitor();
        await browser.GetAsync("/set-five");

        Assert.Equal(6, await browser.CountAsync());
        Assert.Equal("6", await browser.GetStringAsync("/get"));
    }

    [SkippableFact]
    public async Task A_counter_at_its_end_is_refused_and_not_wrapped_around()
    {
        await using var site = await StartAsync();
        using var browser = site.Visitor();
        await browser.GetAsync("/set-max");

        Assert.Equal(500, (int)(await browser.GetAsync("/counter")).StatusCode);
        Assert.Equal(int.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture), await browser.GetStringAsync("/get"));
    }

    private async Task<Site> StartAsync()
    {
        return await Site.StartAsync(Map, new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url });
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/counter", async (HttpContext context, CancellationToken _) => new { views = await context.Session.IncrementAsync("views") });
        app.MapGet("/get", (HttpContext context, CancellationToken _) => context.Session.GetInt32("views"));
        app.MapGet("/set-five", (HttpContext context, CancellationToken _) => context.Session.SetInt32("views", 5));
        app.MapGet("/set-max", (HttpContext context, CancellationToken _) => context.Session.SetInt32("views", int.MaxValue));
    }
}
