using Microsoft.Playwright;
using Tests.Browser;
using Tests.Parts;

namespace Tests.Identity.Passwords;

/// <summary>The account pages as people read them: by light and in the dark, on a desk and on a phone.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class AccountPageTests(Chromium chromium, RedisServer redis) : IClassFixture<Chromium>, IClassFixture<RedisServer>
{
    private readonly string name = "ann-" + Guid.NewGuid().ToString("N")[..8];

    [SkippableTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Every_page_is_open_to_everybody_fits_its_screen_and_names_what_it_asks_for(ColorScheme scheme, int width)
    {
        await using var site = await StartAsync();
        await using var context = await chromium.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 800 }, BypassCSP = true });
        var page = await context.NewPageAsync();
        await LookAsync("account/sign-in", "account/register", "account/sign-out");
        await page.RegisterAsync(site.Address, name);
        await LookAsync("account/sessions", "account/password");

        async Task LookAsync(params string[] paths)
        {
            foreach (var path in paths)
            {
                await page.GotoAsync(site.Address + path);
                await Axe.FindsNothingAsync(page);
                Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
                Assert.Equal(0, await page.Locator("script").CountAsync());
                Assert.True(await page.EvaluateAsync<bool>(
                    "[...document.querySelectorAll('input:not([type=hidden])')].every(input => input.labels.length === 1 && (input.type === 'checkbox' || input.autocomplete))"));
            }
        }
    }

    private async Task<SiteProcess> StartAsync()
    {
        Chromium.Require();
        return await SiteProcess.StartAsync(new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["REDIS_URL"] = redis.Url });
    }
}
