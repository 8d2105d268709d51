using Tests.Docs;
using Tests.Parts;

namespace Tests.Template;

/// <summary>An application that somebody has takes ServiceDefaults alone, in the way that <c>docs/upgrade.md</c> tells.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class UpgradeTests : IDisposable
{
    private static readonly Page Guide = Page.All.Single(page => page.Path == "docs/upgrade.md");

    private readonly string workshop = Directory.CreateTempSubdirectory("upgrade-").FullName;

    [Fact]
    public async Task What_the_framework_makes_is_ready_for_production_after_the_steps_of_the_guide()
    {
        var folder = Directory.CreateDirectory(Path.Combine(workshop, "mine")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(workshop, "Shop"), Repository.Root);
        await Command.DotNetAsync(folder, "new", "webapp", "--name", "Web", "--output", "Web", "--no-restore");
        var feed = Feed(folder);

        await Command.RunAsync("sh", folder, feed, "-e", "-c", Snippets("sh").First());
        await File.WriteAllTextAsync(Path.Combine(folder, "Web", "Program.cs"), Snippets("csharp").Single());
        await Command.RunAsync("dotnet", folder, feed, "build", "Web");
        var table = await Command.RunAsync("dotnet", Path.Combine(folder, "Web"), new Dictionary<string, string>
        {
            ["SECRET"] = Site.Secret,
            ["AllowedHosts"] = "shop.example",
            ["Session__Store"] = "Memory",
        }, Path.Combine("bin", "Debug", "net10.0", "Web.dll"), "check");

        Assert.Contains(" 0 critical", table, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(workshop, recursive: true);

    private static IEnumerable<string> Snippets(string language) => Guide.Snippets.Where(snippet => snippet.Language == language).Select(snippet => snippet.Text);

    /// <summary>On a feed that lacks packages, what stands in for them, kept apart from the projects of the application.</summary>
    private static Dictionary<string, string> Feed(string folder)
    {
        if (PublicPackages.AreServed)
        {
            return [];
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "eng", "feed-gaps"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Append("Directory.Build.targets").Append("Directory.Packages.props"))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            File.Copy(Path.Combine(Repository.Root, file), Path.Combine(folder, file));
        }

        File.Copy(Path.Combine(Repository.Root, "Directory.Build.props"), Path.Combine(folder, "eng", "Directory.Build.props"));
        return new() { ["FeedGaps"] = "true" };
    }
}
