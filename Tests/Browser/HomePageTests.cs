using Microsoft.Playwright;
using Tests.Parts;

namespace Tests.Browser;

/// <summary>The home page as a person sees it.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class HomePageTests(Chromium chromium, RedisServer redis) : IClassFixture<Chromium>, IClassFixture<RedisServer>
{
    [SkippableFact]
    public async Task A_visitor_is_counted_and_told_where_the_count_is_kept()
    {
        Chromium.Require();
        await using var site = await SiteProcess.StartAsync(Development(redis.Url));
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var messages = new List<string>();
        page.Console += (_, message) => messages.Add(message.Text);
        page.PageError += (_, error) => messages.Add(error);
        for (var views = 1; views <= 3; views++)
        {
            await page.GotoAsync($"{site.Address}counter");
            Assert.Equal($"{{\"views\":{views}}}", await page.InnerTextAsync("body"));
        }

        await page.GotoAsync(site.Address.ToString());

        Assert.Equal("3", await page.InnerTextAsync(".figure"));
        Assert.Contains("kept in Redis", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Equal(Repository.ApplicationName, await page.TitleAsync());

        await page.ClickAsync("button");

        Assert.Equal("4", await page.InnerTextAsync(".figure"));
        Assert.Equal(site.Address.ToString(), page.Url);
        Assert.Empty(messages);
    }

    [SkippableFact]
    public async Task Without_Redis_the_page_says_that_the_count_is_kept_in_memory()
    {
        Chromium.Require();
        await using var site = await SiteProcess.StartAsync(Development(null));
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();

        await page.GotoAsync(site.Address.ToString());

        Assert.Equal("0", await page.InnerTextAsync(".figure"));
        Assert.Contains("kept in memory", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task The_page_fits_every_screen_without_JavaScript_and_its_style_is_allowed(int width, ColorScheme scheme)
    {
        Chromium.Require();
        await using var site = await SiteProcess.StartAsync(Development(null));
        await using var context = await chromium.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            JavaScriptEnabled = true,
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Address.ToString());

        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(0, await page.Locator("script").CountAsync());
        var ground = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal(scheme == ColorScheme.Dark ? "rgb(20, 23, 28)" : "rgb(246, 247, 249)", ground);
    }

    private static Dictionary<string, string?> Development(string? redisUrl) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["REDIS_URL"] = redisUrl ?? "",
    };
}
