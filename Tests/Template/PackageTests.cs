using System.IO.Compression;
using System.Xml.Linq;
using Tests.Parts;

namespace Tests.Template;

/// <summary>The package that is published.</summary>
[Collection(TemplateCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed class PackageTests(TemplateFixture fixture)
{
    [SkippableFact]
    public async Task The_package_holds_what_git_tracks_and_nothing_else()
    {
        using var package = await ZipFile.OpenReadAsync(await fixture.PackageAsync);

        var content = package.Entries.Select(entry => Uri.UnescapeDataString(entry.FullName))
            .Where(name => name.StartsWith("content/", StringComparison.Ordinal)).Select(name => name["content/".Length..]);
        var tracked = (await TrackedFiles.AllAsync())
            .Where(file => !file.StartsWith(".ci/", StringComparison.Ordinal) && !file.StartsWith("benchmarks/", StringComparison.Ordinal));
        Assert.Equal(tracked, content.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(package.Entries, entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_package_says_what_it_is_and_nothing_of_the_machine_that_packed_it()
    {
        using var package = await ZipFile.OpenReadAsync(await fixture.PackageAsync);
        var specification = await SpecificationAsync(package);

        string? Value(string element) => Element(specification, element)?.Value;
        Assert.Equal("ProductionTemplate.Templates", Value("id"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Equal("Template", specification.Descendants().Single(element => element.Name.LocalName == "packageType").Attribute("name")?.Value);
        Assert.Contains("dotnet-new", Value("tags")!.Split(' '));
        Assert.Null(Value("dependencies"));
        Assert.True(package.GetEntry("icon.png")!.Length > 0);
        using var readme = new StreamReader(await package.GetEntry("README.md")!.OpenAsync());
        Assert.DoesNotContain("](", await readme.ReadToEndAsync(), StringComparison.Ordinal); // on the gallery's page relative links lead nowhere
        Assert.DoesNotContain(Repository.Root, specification.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.MachineName, specification.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>As <c>dotnet new update</c> finds it in a feed: here a folder, for users the gallery.</summary>
    [Fact]
    public async Task An_installed_version_is_updated_to_the_next_and_says_beforehand_that_there_is_one()
    {
        const string address = "https://example.org/production-template";
        var feed = fixture.NewFolder();
        File.Copy(await fixture.PackageAsync, Path.Combine(feed, "ProductionTemplate.Templates.1.0.0.nupkg"));
        var template = await InstalledTemplate.FromAsync(fixture.NewFolder(), "ProductionTemplate.Templates@1.0.0", "--add-source", feed);
        var next = await fixture.PackAsync("-p:Version=1.1.0", $"-p:RepositoryUrl={address}");
        File.Copy(next, Path.Combine(feed, Path.GetFileName(next)));

        Assert.Matches(@"ProductionTemplate\.Templates\s+1\.0\.0\s+1\.1\.0", await template.NewAsync(feed, "update", "--check-only"));
        await template.NewAsync(feed, "update");

        Assert.Contains("Version: 1.1.0", await template.NewAsync(feed, "uninstall"), StringComparison.Ordinal); // without a name, it lists
        Assert.True((await template.GenerateAsync("Shop", "--skip-restore")).Has("Shop.sln"));
        using var package = await ZipFile.OpenReadAsync(next);
        Assert.Equal(address, Element(await SpecificationAsync(package), "repository")!.Attribute("url")?.Value); // as the release gives it
    }

    private static async Task<XDocument> SpecificationAsync(ZipArchive package)
    {
        using var file = await package.GetEntry("ProductionTemplate.Templates.nuspec")!.OpenAsync();
        return await XDocument.LoadAsync(file, LoadOptions.None, CancellationToken.None);
    }

    private static XElement? Element(XDocument specification, string name) => specification.Descendants().SingleOrDefault(candidate => candidate.Name.LocalName == name);
}
