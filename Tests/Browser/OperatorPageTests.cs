using Microsoft.Playwright;
using Tests.Parts;

namespace Tests.Browser;

/// <summary>What the site shows of itself, as people read it: by light and in the dark, on a desk and on a phone.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class OperatorPageTests(Chromium chromium, OperatorPageTests.RunningSite running) : IClassFixture<Chromium>, IClassFixture<OperatorPageTests.RunningSite>
{
    [SkippableTheory]
    [InlineData("/checklist", ColorScheme.Light, 1280)]
    [InlineData("/checklist", ColorScheme.Dark, 360)]
    [InlineData("/status", ColorScheme.Light, 360)]
    [InlineData("/status", ColorScheme.Dark, 1280)]
    public async Task Everybody_can_read_it_and_nothing_sticks_out(string path, ColorScheme scheme, int width)
    {
        Chromium.Require();
        await using var window = await chromium.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 }, BypassCSP = true });
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(running.Site.Address, path).ToString());

        await Axe.FindsNothingAsync(page);
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [SkippableFact]
    public async Task What_is_to_mend_comes_first_and_leads_to_its_evidence()
    {
        Chromium.Require();
        await using var window = await chromium.NewContextAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(new Uri(running.Site.Address, "/checklist").ToString());
        await page.GetByRole(AriaRole.Navigation, new() { Name = "To mend" }).GetByRole(AriaRole.Link, new() { Name = "The application secret cannot be guessed" }).ClickAsync();

        Assert.EndsWith("#secrets-strength", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#secrets-strength")).ToBeInViewportAsync();
    }

    /// <summary>In Development, where the checklist has something to say and everybody may read it.</summary>
    public sealed class RunningSite : IAsyncLifetime
    {
        public SiteProcess Site { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Site = await SiteProcess.StartAsync(new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Session__Store"] = "Memory" });

        public async Task DisposeAsync() => await Site.DisposeAsync();
    }
}
