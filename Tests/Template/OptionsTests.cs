using System.Globalization;
using System.Text.RegularExpressions;
using Tests.Parts;

namespace Tests.Template;

/// <summary>What can be chosen, what is said about it, and what happens beside the files.</summary>
[Collection(TemplateCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed partial class OptionsTests(TemplateFixture fixture)
{
    [Fact]
    public async Task The_help_names_the_template_and_each_option_with_what_it_does_and_its_default()
    {
        var help = await fixture.Template.HelpAsync();

        Assert.StartsWith("Production-ready Aspire app (C#)", help.TrimStart(), StringComparison.Ordinal);
        var options = Option().Split(Spaces().Replace(help[help.IndexOf("Template options:", StringComparison.Ordinal)..], " "))[1..];
        Assert.Equal(TemplateOption.All.Count, options.Length);
        Assert.All(TemplateOption.All.Zip(options), pair =>
        {
            var (option, text) = pair;
            Assert.StartsWith($"{(option.ShortName.Length > 0 ? $"-{option.ShortName}, " : "")}--{option.Name} ", text, StringComparison.Ordinal);
            Assert.Contains($" {option.Description} Type: ", text, StringComparison.Ordinal);
            Assert.All(option.Choices, choice => Assert.Contains($" {choice.Value} {choice.Description} ", text, StringComparison.Ordinal));
            Assert.EndsWith(option.Default.Length > 0 ? $" Default: {option.Default}" : $" Type: {option.Type}", text.TrimEnd(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_readme_has_a_row_for_each_option_that_says_the_same()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "README.md")).Where(line => line.StartsWith("| `--", StringComparison.Ordinal));

        Assert.Equal(TemplateOption.All.Select(option => option.Row), rows.Where(row => !row.StartsWith("| `--name`", StringComparison.Ordinal) && !row.StartsWith("| `--output`", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_development_environment_shows_the_same_options_in_the_same_order_and_an_icon()
    {
        var host = TemplateOption.Configuration("ide.host.json");

        Assert.Equal(TemplateOption.All.Select(option => option.Id), host.GetProperty("symbolInfo").EnumerateArray().Select(symbol => symbol.GetProperty("id").GetString()));
        Assert.All(TemplateOption.All, option => Assert.True(TemplateOption.Configuration("template.json").GetProperty("symbols").GetProperty(option.Id).TryGetProperty("displayName", out _), option.Id));
        Assert.True(File.Exists(Path.Combine(Repository.Root, ".template.config", host.GetProperty("icon").GetString()!)));
    }

    [Fact]
    public async Task Each_application_has_free_ports_of_its_own_and_none_of_the_repositorys()
    {
        var application = await fixture.Template.GenerateAsync("Shop", "--skip-restore");

        var ports = LocalPort().Matches(LaunchSettings(application)).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct().Order();
        Assert.Collection(
            ports,
            site => Assert.InRange(site, 5100, 5399),
            dashboard => Assert.InRange(dashboard, 15000, 15299),
            https => Assert.InRange(https, 17000, 17299),
            otlp => Assert.InRange(otlp, 19000, 19299),
            resource => Assert.InRange(resource, 20000, 20299),
            otlpHttps => Assert.InRange(otlpHttps, 21000, 21299),
            resourceHttps => Assert.InRange(resourceHttps, 22000, 22299));
        Assert.Contains($"http://localhost:{ports.First()}\"", application.Read("README.md"), StringComparison.Ordinal);
        Assert.All(application.Files.Where(file => Path.GetExtension(file) is ".md" or ".cs"), file => Assert.DoesNotContain("localhost:5080", application.Read(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_ports_can_be_chosen()
    {
        var application = await fixture.Template.GenerateAsync(
            "Shop", "--skip-restore", "--site-port", "5123", "--dashboard-port", "15124", "--otlp-port", "19125", "--resource-port", "20126");

        Assert.Equal("http://localhost:5123", application.Json("WebApp/Properties/launchSettings.json").GetProperty("profiles").GetProperty("http").GetProperty("applicationUrl").GetString());
        var appHost = application.Json("AppHost/Properties/launchSettings.json").GetProperty("profiles").GetProperty("http");
        Assert.Equal("http://localhost:15124", appHost.GetProperty("applicationUrl").GetString());
        Assert.Equal("http://localhost:19125", appHost.GetProperty("environmentVariables").GetProperty("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL").GetString());
        Assert.Equal("http://localhost:20126", appHost.GetProperty("environmentVariables").GetProperty("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL").GetString());
    }

    [Fact]
    public async Task An_application_is_restored_unless_that_is_skipped()
    {
        var restored = await fixture.BuiltApplicationAsync;
        var skipped = await fixture.Template.GenerateAsync("Shop", "--feed-gaps", "--skip-restore");

        Assert.Contains("Restore succeeded", restored.Transcript, StringComparison.Ordinal);
        Assert.True(restored.Has("Tests/obj/project.assets.json"));
        Assert.DoesNotContain("Restor", skipped.Transcript, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(skipped.Folder, "project.assets.json", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_feed_without_the_packages_does_not_fail_the_creation_and_the_next_step_is_said()
    {
        var nothing = fixture.NewFolder();
        var emptyFeed = new Dictionary<string, string> { ["RestoreSources"] = nothing, ["NUGET_PACKAGES"] = Path.Combine(nothing, "packages") };

        var application = await fixture.Template.GenerateAsync("Shop", emptyFeed);

        Assert.True(application.Has("Shop.sln"));
        Assert.Contains("only its packages are missing", application.Transcript, StringComparison.Ordinal);
        Assert.Contains("--feed-gaps", application.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commands_to_run_next_are_said()
    {
        var application = await fixture.Template.GenerateAsync("Shop", "--skip-restore");

        Assert.Contains("dotnet dev.cs run", application.Transcript, StringComparison.Ordinal);
        Assert.Contains("dotnet dev.cs test", application.Transcript, StringComparison.Ordinal);
    }

    private static string LaunchSettings(GeneratedApplication application) =>
        application.Read("WebApp/Properties/launchSettings.json") + application.Read("AppHost/Properties/launchSettings.json");

    [GeneratedRegex(@"localhost:(\d+)")]
    private static partial Regex LocalPort();

    /// <summary>Where the next option begins; inside a text dashes stand between spaces or in words.</summary>
    [GeneratedRegex(@" (?=-\w, --\w)|(?<!,) (?=--[a-z][-a-z]+ )")]
    private static partial Regex Option();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
