using Tests.Parts;

namespace Tests.Template;

/// <summary>The template, installed from the repository's folder as a contributor does, and from its package as a user does.</summary>
public sealed class TemplateFixture : IAsyncLifetime
{
    private readonly string workshop = Directory.CreateTempSubdirectory("template-tests-").FullName;
    private readonly Lazy<Task<string>> package;
    private readonly Lazy<Task<InstalledTemplate>> packaged;
    private readonly Lazy<Task<GeneratedApplication>> built;

    public TemplateFixture()
    {
        package = new(PackAsync);
        packaged = new(async () => await InstalledTemplate.FromAsync(await package.Value, Path.Combine(workshop, "packaged")));
        built = new(BuildAsync);
    }

    /// <summary>Installed with <c>dotnet new install .</c></summary>
    internal InstalledTemplate Template { get; private set; } = null!;

    /// <summary>Installed from the package.</summary>
    internal Task<InstalledTemplate> PackagedTemplateAsync => packaged.Value;

    /// <summary>The path of the package.</summary>
    internal Task<string> PackageAsync => package.Value;

    /// <summary>An application with an awkward name, built without a warning for a restricted feed, which every machine can restore.</summary>
    internal Task<GeneratedApplication> BuiltApplicationAsync => built.Value;

    /// <summary>A folder for a test of its own.</summary>
    internal string NewFolder() => Directory.CreateDirectory(Path.Combine(workshop, Path.GetRandomFileName())).FullName;

    public async Task InitializeAsync() =>
        Template = await InstalledTemplate.FromAsync(Repository.Root, Path.Combine(workshop, "folder"));

    public Task DisposeAsync()
    {
        Directory.Delete(workshop, recursive: true);
        return Task.CompletedTask;
    }

    private async Task<string> PackAsync()
    {
        var folder = Path.Combine(workshop, "package");
        await Command.DotNetAsync(Repository.Root, "pack", ".template.config", "--output", folder);
        return Assert.Single(Directory.GetFiles(folder));
    }

    private async Task<GeneratedApplication> BuildAsync()
    {
        var application = await Template.GenerateAsync("3 Größe-Shop.Web", "--restricted-feed");
        await Command.DotNetAsync(application.Folder, "build", "eng/restricted-feed/RestrictedFeed.slnf", "-p:RestrictedFeed=true", "-warnaserror");
        return application;
    }
}

/// <summary>These tests run alone and one at a time: they build, and would starve tests that measure time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TemplateCollectionFixture : ICollectionFixture<TemplateFixture>
{
    public const string Name = "the template";
}
