using Tests.Parts;

namespace Tests.Template;

/// <summary>What the template makes, builds; a warning is an error.</summary>
[Collection(TemplateCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed class BuildTests(TemplateFixture fixture)
{
    [Fact]
    public async Task An_application_with_an_awkward_name_builds_without_a_warning()
    {
        var application = await fixture.BuiltApplicationAsync;

        Assert.True(application.Has("WebApp/bin/Debug/net10.0/WebApp.dll"));
        Assert.True(application.Has("Tests/bin/Debug/net10.0/Tests.dll"));
    }

    [SkippableTheory]
    [InlineData("--sample true")]
    [InlineData("--sample false")]
    [InlineData("--auth oidc")]
    public async Task An_application_builds_with_its_AppHost_and_without_a_warning(string option)
    {
        PublicPackages.Require();
        var application = await fixture.Template.GenerateAsync("Shop", option.Split(' '));

        Assert.True(application.Has("AppHost/obj/project.assets.json"), "creating the application restores it:\n" + application.Transcript);
        await Command.DotNetAsync(application.Folder, "build", "--no-restore", "-warnaserror");
        await Command.DotNetAsync(application.Folder, "test", "Tests/bin/Debug/net10.0/Tests.dll", "--filter", "FullyQualifiedName~PublishedFilesTests"); // what is published, too, differs
    }

    [Theory]
    [InlineData("--feed-gaps")]
    [InlineData()]
    public async Task The_command_builds(params string[] options)
    {
        var application = await fixture.Template.GenerateAsync("Shop", ["--skip-restore", .. options]);

        // Where the SDK keeps the output of file-based programs: here, instead of with the user's.
        var data = new Dictionary<string, string> { ["XDG_DATA_HOME"] = fixture.NewFolder() };
        await Command.RunAsync("dotnet", application.Folder, data, "build", "dev.cs");
    }
}
