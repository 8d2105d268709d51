using Microsoft.Playwright;
using Tests.Parts;

namespace Tests.Browser;

/// <summary>A real Chromium, without a window.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string? Program = Programs.Find("chromium", "chromium-browser", "google-chrome");

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Skips the test where there is no Chromium.</summary>
    public static void Require() => Skip.If(Program is null, "no Chromium on this machine: apt-get install chromium");

    public async Task InitializeAsync()
    {
        if (Program is not null)
        {
            playwright = await Playwright.CreateAsync();
            browser = await LaunchAsync(playwright);
        }
    }

    /// <summary>A browser with arguments of its own.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, params string[] arguments) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Program,
        // The sandbox does not work for root, as in a container; the rest keeps it from calling home.
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", .. arguments],
    });

    /// <summary>A new browser window with an empty cookie jar.</summary>
    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null) => browser!.NewContextAsync(options);

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
