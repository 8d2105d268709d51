using Microsoft.Playwright;
using Tests.Browser;
using Tests.Monitoring;
using Tests.Parts;

namespace Tests.Docs;

/// <summary>The pictures of the documentation are taken of the site as it is: with ACCEPT=true, which replaces them.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class PictureTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const int MostBytes = 150_000;

    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "pictures");

    private readonly RedisServer redis = new();

    public Task InitializeAsync() => redis.InitializeAsync();

    public Task DisposeAsync() => redis.DisposeAsync();

    [Fact]
    public void Each_is_small() => Assert.All(Directory.EnumerateFiles(Folder), picture => Assert.InRange(new FileInfo(picture).Length, 1000, MostBytes));

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Are_taken_of_the_site_as_it_is(ColorScheme scheme)
    {
        Skip.IfNot(Environment.GetEnvironmentVariable("ACCEPT") == "true", "ACCEPT=true takes them");
        Chromium.Require();
        await SitePast.FillAsync(redis, "Shop");
        await using var site = await SiteProcess.StartAsync(new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["REDIS_URL"] = redis.Url,
            ["Application__Name"] = "Shop",
        });
        await using var window = await chromium.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = 900, Height = 640 } });
        var page = await window.NewPageAsync();
        await page.GotoAsync(site.Address.ToString());
        for (var i = 0; i < 3; i++)
        {
            await page.ClickAsync("main button");
        }

        await TakeAsync("home", "/");
        await TakeAsync("status", "/status");
        await TakeAsync("checklist", "/checklist");

        async Task TakeAsync(string name, string path)
        {
            await page.GotoAsync(new Uri(site.Address, path).ToString());
            Directory.CreateDirectory(Folder);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, scheme == ColorScheme.Dark ? $"{name}-dark.png" : $"{name}.png") });
        }
    }
}
