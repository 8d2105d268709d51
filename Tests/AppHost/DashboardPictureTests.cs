using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tests.Browser;
using Tests.Parts;

namespace Tests.AppHost;

/// <summary>The picture of the Aspire dashboard: with ACCEPT=true, which replaces it. It starts the whole solution, on the ports of a developer.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed partial class DashboardPictureTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Is_taken_of_the_solution_as_it_runs(ColorScheme scheme)
    {
        Skip.IfNot(Environment.GetEnvironmentVariable("ACCEPT") == "true", "ACCEPT=true takes it");
        Chromium.Require();
        var start = new ProcessStartInfo("dotnet", ["run", "--project", "AppHost", "--no-build", "--launch-profile", "http"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        start.Environment["Parameters__application-secret"] = Site.Secret;
        var login = new TaskCompletionSource<string>();
        using var solution = new Process { StartInfo = start };
        solution.OutputDataReceived += (_, line) => _ = Login().Match(line.Data ?? "") is { Success: true } match && login.TrySetResult(match.Value);
        solution.Start();
        solution.BeginOutputReadLine();
        try
        {
            await using var window = await chromium.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = 1200, Height = 560 } });
            var page = await window.NewPageAsync();
            await page.GotoAsync(await login.Task.WaitAsync(Patience));
            await Eventually.TrueAsync(async () => await page.GetByText("Running", new PageGetByTextOptions { Exact = true }).CountAsync() >= 3, "the dashboard shows both replicas and Redis running and healthy", Patience);
            await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(Repository.Root, "docs", "pictures", scheme == ColorScheme.Dark ? "dashboard-dark.png" : "dashboard.png"),
            });
        }
        finally
        {
            Programs.Signal(solution, "TERM");
            await solution.WaitForExitAsync().WaitAsync(Patience);
        }
    }

    [GeneratedRegex(@"http://\S+/login\?t=\w+")]
    private static partial Regex Login();
}
