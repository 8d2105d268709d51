using System.IO.Compression;
using System.Xml.Linq;
using Tests.Parts;

namespace Tests.Template;

/// <summary>The package that is published.</summary>
[Collection(TemplateCollectionFixture.Name)]
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
        using var file = await package.GetEntry("ProductionTemplate.Templates.nuspec")!.OpenAsync();
        var specification = await XDocument.LoadAsync(file, LoadOptions.None, CancellationToken.None);

        string? Value(string element) => specification.Descendants().SingleOrDefault(candidate => candidate.Name.LocalName == element)?.Value;
        Assert.Equal("ProductionTemplate.Templates", Value("id"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Equal("Template", specification.Descendants().Single(element => element.Name.LocalName == "packageType").Attribute("name")?.Value);
        Assert.Null(Value("dependencies"));
        Assert.Null(specification.Descendants().SingleOrDefault(element => element.Name.LocalName == "repository")?.Attribute("url"));
        Assert.DoesNotContain(Repository.Root, specification.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.MachineName, specification.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
