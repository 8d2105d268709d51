using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Tests.Browser;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary><c>/status</c>, as people see it, with a past of which every part is known.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class StatusPageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly RedisServer redis = new();

    public Task InitializeAsync() => redis.InitializeAsync();

    public Task DisposeAsync() => redis.DisposeAsync();

    [SkippableFact]
    public async Task Shows_ninety_days_response_times_and_outages_in_words()
    {
        await using var site = await StartAsync(withPast: true);
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var messages = new List<string>();
        page.Console += (_, message) => messages.Add(message.Text);

        await page.GotoAsync($"{site.Address}status");

        Assert.Equal("The site is up", await page.InnerTextAsync("#state"));
        Assert.Equal(90, await page.Locator(".days li").CountAsync());
        Assert.Equal(1, await page.Locator(".days li.shaken").CountAsync());
        Assert.Equal(1, await page.Locator(".days li.down").CountAsync());
        Assert.Equal(49, await page.Locator(".days li.unknown").CountAsync());
        Assert.Matches(@"^\d+ \w+: down for 12 minutes, 99\.166\s% available$", await page.Locator(".days li.shaken .tip").TextContentAsync());
        Assert.Equal(2, await page.Locator(".outages li").CountAsync());
        Assert.Equal("Down for 3 hours", await page.Locator(".outages li strong").First.InnerTextAsync());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", await page.Locator(".outages time").First.GetAttributeAsync("datetime"));
        Assert.Matches(@"Of [\d,]+ responses, half took at most [\d.]+\sms, 95 of 100 at most [\d.]+\sms, and 99 of 100 at most [\d.]+\sms", await page.InnerTextAsync("main"));
        Assert.Equal(3, await page.Locator(".chart path").CountAsync());
        Assert.Empty(messages); // a style that the content security policy forbids would be one
    }

    [SkippableTheory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Is_accessible_and_fits_in_light_and_dark_on_a_phone_and_on_a_desk(int width, ColorScheme scheme)
    {
        await using var site = await StartAsync(withPast: true);
        await using var context = await chromium.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme, BypassCSP = true, ViewportSize = new ViewportSize { Width = width, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{site.Address}status");
        await page.ClickAsync("summary");

        var violations = (await page.RunAxe()).Violations;

        Assert.True(violations.Length == 0, string.Join('\n', violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}")));
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(0, await page.Locator("script, [style]").CountAsync());
    }

    [SkippableFact]
    public async Task On_the_first_day_it_says_what_is_not_known_yet()
    {
        await using var site = await StartAsync(withPast: false);
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();

        await page.GotoAsync($"{site.Address}status");

        var text = await page.InnerTextAsync("main");
        Assert.Equal("The site is up", await page.InnerTextAsync("#state"));
        Assert.Equal(89, await page.Locator(".days li.unknown").CountAsync());
        Assert.Contains("Recorded since", text, StringComparison.Ordinal);
        Assert.Contains("No responses have been measured yet", text, StringComparison.Ordinal);
        Assert.Contains("There has been none", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task While_Redis_is_away_it_is_still_served_also_to_who_is_signed_in_and_tells_the_outage()
    {
        await using var site = await StartAsync(withPast: true);
        using var visitor = site.Visitor();
        await visitor.GetAsync("/counter"); // a session, and its cookie
        await visitor.GetAsync("/status");
        redis.Stop();

        var text = "";
        await Eventually.TrueAsync(async () => (text = await visitor.GetStringAsync("/status")).Contains("The site is down", StringComparison.Ordinal), "the page says down");

        Assert.Contains("and still", text, StringComparison.Ordinal);
        Assert.Contains("Down for 3 hours", text, StringComparison.Ordinal); // what was known is still shown
    }

    [SkippableFact]
    public async Task Is_the_same_for_everybody_and_shows_nothing_of_the_inside()
    {
        await using var site = await StartAsync(withPast: true);
        using var visitor = site.Visitor();
        await visitor.GetAsync("/counter");

        var response = await visitor.GetAsync("/status");
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal("public, max-age=5", response.Headers.CacheControl!.ToString());
        Assert.DoesNotContain(Environment.MachineName, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Redis", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Sign in", text, StringComparison.Ordinal); // it would be untrue for some
    }

    private async Task<SiteProcess> StartAsync(bool withPast)
    {
        Chromium.Require();
        if (withPast)
        {
            await SitePast.FillAsync(redis, Repository.ApplicationName);
        }

        return await SiteProcess.StartAsync(new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["REDIS_URL"] = redis.Url, ["Session__IOTimeout"] = Site.ShortStoreTimeout });
    }
}
