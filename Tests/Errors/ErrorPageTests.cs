using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Playwright;
using Tests.Browser;
using Tests.Identity;
using Tests.Parts;

namespace Tests.Errors;

/// <summary>The page on which people read what went wrong, in a real browser, with the look of the web app and without it.</summary>
public sealed class ErrorPageTests(Chromium chromium, RedisServer redis) : IClassFixture<Chromium>, IClassFixture<RedisServer>
{
    private static readonly int[] Statuses = [400, 401, 403, 404, 405, 413, 429, 500, 503, 504];

    [SkippableTheory]
    [InlineData(true, ColorScheme.Light, 1280)]
    [InlineData(true, ColorScheme.Dark, 360)]
    [InlineData(false, ColorScheme.Light, 360)]
    [InlineData(false, ColorScheme.Dark, 1280)]
    public async Task Every_page_can_be_read_by_everybody_on_every_screen(bool withSiteStyle, ColorScheme scheme, int width)
    {
        Chromium.Require();
        await using var site = await StartAsync(withSiteStyle);
        await using var context = await chromium.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 800 } });
        var page = await context.NewPageAsync();
        var messages = new List<string>();
        page.Console += (_, message) => messages.Add(message.Text);

        foreach (var status in Statuses)
        {
            await page.GotoAsync($"{site.Address}status/{status}");

            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            Assert.Equal(withSiteStyle ? 0 : 1, await page.Locator("style").CountAsync());
            Assert.StartsWith("system-ui", await page.EvaluateAsync<string>("getComputedStyle(document.body).fontFamily"), StringComparison.Ordinal); // the style was allowed
        }

        var violations = (await page.RunAxe()).Violations; // of one: they differ in their words
        Assert.True(violations.Length == 0, string.Join('\n', violations.Select(violation => $"{violation.Id}: {violation.Help}")));

        // The browser itself says that a page had an error status, and nothing else is said.
        Assert.DoesNotContain(messages, message => !message.StartsWith("Failed to load resource: the server responded with a status of", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task With_the_session_store_away_a_person_still_gets_the_page()
    {
        await using var site = await SignInEndpoints.StartAsync(redis);
        using var browser = await site.SignedInAsync("ann");

        redis.Stop();
        using var answer = await browser.OpenAsync("/who");

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("<h1>Not available right now</h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<Site> StartAsync(bool withSiteStyle) => Site.StartAsync(
        app =>
        {
            app.MapGet("/status/{status:int}", (int status) => Results.StatusCode(status));
            if (withSiteStyle)
            {
                app.Environment.WebRootFileProvider = new PhysicalFileProvider(Path.Combine(Repository.Root, "WebApp", "wwwroot"));
                app.UseStaticFiles();
            }
        },
        environment: "Development"); // a browser comes over plain HTTP here
}
