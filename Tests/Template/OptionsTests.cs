namespace Tests.Template;

/// <summary>The options of <c>dotnet new aspire-production</c>.</summary>
[Collection(TemplateCollectionFixture.Name)]
public sealed class OptionsTests(TemplateFixture fixture)
{
    [Fact]
    public async Task The_help_names_the_template_and_its_two_options()
    {
        var help = await fixture.Template.HelpAsync();

        Assert.StartsWith("Production-ready Aspire app (C#)", help.TrimStart(), StringComparison.Ordinal);
        var options = help[help.IndexOf("Template options:", StringComparison.Ordinal)..].Split('\n')
            .Select(line => line.Trim().Split(' ')[0]).Where(word => word.StartsWith('-'));
        Assert.Equal(["--restricted-feed", "--skip-restore"], options);
    }

    [Fact]
    public async Task An_application_is_restored_unless_that_is_skipped()
    {
        var restored = await fixture.BuiltApplicationAsync;
        var skipped = await fixture.Template.GenerateAsync("Shop", "--restricted-feed", "--skip-restore");

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
        Assert.Contains("--restricted-feed", application.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commands_to_run_next_are_said()
    {
        var application = await fixture.Template.GenerateAsync("Shop", "--skip-restore");

        Assert.Contains("dotnet dev.cs run", application.Transcript, StringComparison.Ordinal);
        Assert.Contains("dotnet dev.cs test", application.Transcript, StringComparison.Ordinal);
    }
}
