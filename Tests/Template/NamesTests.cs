using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Tests.Parts;

namespace Tests.Template;

/// <summary>An application may be called what its user likes.</summary>
[Collection(TemplateCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed partial class NamesTests(TemplateFixture fixture)
{
    public static TheoryData<string> Names => ["ProductionTemplate", "Shop.Web", "my-shop", "My Shop", "3shop", "Größe", "R&D"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_name_arrives_unchanged_in_the_solution_the_readme_the_settings_and_on_the_home_page(string name)
    {
        var application = await fixture.Template.GenerateAsync(name, "--skip-restore");

        Assert.True(application.Has(name + ".sln"));
        Assert.Equal("# " + name, application.Read("README.md").Split('\n')[0].TrimEnd());
        Assert.Equal(name, application.Json("WebApp/appsettings.json").GetProperty("Application").GetProperty("Name").GetString());

        // The name is configuration, so one build serves every name.
        var built = await fixture.BuiltApplicationAsync;
        var page = await HomePageAsync(Path.Combine(built.Folder, "WebApp/bin/Debug/net10.0/WebApp.dll"), Path.Combine(application.Folder, "WebApp"));
        Assert.Equal(name, WebUtility.HtmlDecode(Title().Match(page).Groups[1].Value));
    }

    private static async Task<string> HomePageAsync(string program, string contentRoot)
    {
        var development = new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Session__Store"] = "Memory" };
        using var process = Process.Start(Command.Describe("dotnet", contentRoot, development, program, "--contentRoot", contentRoot, "--urls", "http://127.0.0.1:0"))!;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var log = "";
            while (!Address().IsMatch(log))
            {
                log += await process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException(log + await process.StandardError.ReadToEndAsync(patience.Token));
            }

            using var browser = new HttpClient();
            return await browser.GetStringAsync(new Uri(Address().Match(log).Value), patience.Token);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    [GeneratedRegex("<title>(.*?)</title>")]
    private static partial Regex Title();
}
