using System.Collections.Concurrent;
using Tests.Parts;

namespace Tests.Template;

/// <summary>The template, installed from the repository's folder as a contributor does, and from its package as a user does.</summary>
public sealed class TemplateFixture : IAsyncLifetime
{
    /// <summary>What an application is that asks for nothing: of the repository's own sources.</summary>
    internal const string OwnVariant = "--auth local --sample true";

    /// <summary>Every kind of sources: these options change what is compiled, and no others do.</summary>
    internal static readonly string[] Variants = [OwnVariant, "--auth local --sample false", "--auth oidc --sample true", "--auth oidc --sample false"];

    private static readonly SemaphoreSlim Builds = new(2); // one uses a processor and a half

    private readonly string workshop = Directory.CreateTempSubdirectory("template-tests-").FullName;
    private readonly Lazy<Task<string>> package;
    private readonly Lazy<Task<InstalledTemplate>> packaged;
    private readonly Lazy<Dictionary<string, Task<GeneratedApplication>>> variants;
    private readonly ConcurrentDictionary<string, Task<GeneratedApplication>> combinations = new(StringComparer.Ordinal);

    public TemplateFixture()
    {
        package = new(() => PackAsync());
        packaged = new(async () => await InstalledTemplate.FromAsync(Path.Combine(workshop, "packaged"), await package.Value));
        variants = new(() => Variants.ToDictionary(options => options, BuildAsync));
    }

    /// <summary>Installed with <c>dotnet new install .</c></summary>
    internal InstalledTemplate Template { get; private set; } = null!;

    /// <summary>Installed from the package.</summary>
    internal Task<InstalledTemplate> PackagedTemplateAsync => packaged.Value;

    /// <summary>The path of the package.</summary>
    internal Task<string> PackageAsync => package.Value;

    /// <summary>An application with an awkward name, built without a warning; on a feed that lacks packages, with its option.</summary>
    internal Task<GeneratedApplication> BuiltApplicationAsync => BuiltVariantAsync(OwnVariant);

    /// <summary>An application of one of <see cref="Variants"/>, built like that; made once, and with it the others: whoever wants one will want them.</summary>
    internal Task<GeneratedApplication> BuiltVariantAsync(string options) => variants.Value[options];

    /// <summary>An application with these options, not restored; made once.</summary>
    internal Task<GeneratedApplication> CombinationAsync(string options) =>
        combinations.GetOrAdd(options, _ => Template.GenerateAsync("Shop", ["--skip-restore", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));

    /// <summary>A folder for a test of its own.</summary>
    internal string NewFolder() => Directory.CreateDirectory(Path.Combine(workshop, Path.GetRandomFileName())).FullName;

    public async Task InitializeAsync() =>
        Template = await InstalledTemplate.FromAsync(Path.Combine(workshop, "folder"), await TrackedFiles.CopyAsync(Path.Combine(workshop, "sources")));

    public async Task DisposeAsync()
    {
        if (variants.IsValueCreated)
        {
            await Task.WhenAll(variants.Value.Values).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        Directory.Delete(workshop, recursive: true);
    }

    /// <summary>Packs the template.</summary>
    /// <returns>The path of the package.</returns>
    internal async Task<string> PackAsync(params string[] properties)
    {
        var folder = NewFolder();
        await Command.DotNetAsync(Repository.Root, ["pack", ".template.config", "--output", folder, .. properties]);
        return Assert.Single(Directory.GetFiles(folder));
    }

    private async Task<GeneratedApplication> BuildAsync(string variant)
    {
        await Builds.WaitAsync();
        try
        {
            var application = await Template.GenerateAsync(variant == OwnVariant ? "3 Größe-Shop.Web" : "Shop", [.. PublicPackages.Option, .. variant.Split(' ')]);
            await Command.DotNetAsync(application.Folder, "build", "-warnaserror");
            return application;
        }
        finally
        {
            Builds.Release();
        }
    }
}

/// <summary>These tests run alone and one at a time: they build, and would starve tests that measure time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TemplateCollectionFixture : ICollectionFixture<TemplateFixture>
{
    public const string Name = "the template";
}
