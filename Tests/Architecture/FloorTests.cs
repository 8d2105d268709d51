using System.Text.RegularExpressions;
using Tests.Docs;
using Tests.Parts;

namespace Tests.Architecture;

/// <summary>The folders of ServiceDefaults know each other in one direction: from the floors above to the floors below.</summary>
public sealed partial class FloorTests
{
    /// <summary>From the ground up. <c>ServiceDefaults.cs</c> and <c>RequestPipeline.cs</c> stand above all of them.</summary>
    private static readonly string[][] Floors =
    [
        ["Foundation", "Checks"],
        ["Secrets", "Redis"],
        ["KeyRing", "Responses", "Errors", "Cookies", "Proxies", "Hosts", "Https", "CrossOrigin", "Headers"],
        ["Sessions"],
        ["Identity", "AccessControl"],
        ["Limits", "Caching"],
        ["Health", "Telemetry", "Uptime"],
        ["Audit", "Checklist", "Start"],
    ];

    private static readonly Lazy<IReadOnlyList<Arrow>> Real = new(() => FolderArrows.Find(Sources()));

    [Fact]
    public void Every_folder_has_a_floor()
    {
        var folders = Sources().Keys.Where(path => path.Contains('/', StringComparison.Ordinal)).Select(path => path.Split('/')[0]).Distinct();

        Problems.None(folders.Where(folder => FloorOf(folder) < 0).Select(folder => $"ServiceDefaults/{folder} has no floor: give it the lowest in {nameof(FloorTests)} that is above all folders that it knows"));
    }

    [Fact]
    public void A_folder_knows_only_folders_of_its_floor_and_below()
    {
        Assert.True(Real.Value.Count > 200, $"only {Real.Value.Count} arrows found");

        Problems.None(Upwards(Real.Value));
    }

    [Fact]
    public void Folders_of_one_floor_know_each_other_in_one_direction() => Problems.None(Circles(Real.Value));

    [Fact]
    public void The_page_about_the_architecture_shows_these_floors()
    {
        var shown = Page.All.Single(page => page.Path == "docs/architecture.md").Lines.Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => $"{row.Groups["floor"].Value}: {string.Join(", ", row.Groups["folder"].Captures.Select(folder => folder.Value))}");

        Assert.Equal(Floors.Index().Reverse().Select(floor => $"{floor.Index}: {string.Join(", ", floor.Item)}"), shown);
    }

    [Theory]
    [InlineData("internal sealed class A(Upper upper);")]
    [InlineData("internal sealed class A { object b = new ServiceDefaults.Caching.Upper(); }")]
    [InlineData("internal sealed class A { object b = typeof(Caching.Upper); }")]
    [InlineData("/// <summary>See <see cref=\"Upper\"/>.</summary>\ninternal sealed class A;")]
    [InlineData("internal sealed class A { string b = $\"{(true ? \"{\" : new Upper())}\"; }")]
    [InlineData("[UpperMark] internal sealed class A;")]
    [InlineData("internal sealed class A { void B(object o) => o.Raise<int>(); }")]
    public void An_arrow_that_runs_upwards_is_found(string code)
    {
        var problem = Assert.Single(Upwards(Find(code)));

        Assert.StartsWith("ServiceDefaults/Errors/A.cs uses ", problem, StringComparison.Ordinal);
        Assert.EndsWith(": Errors → Caching runs upwards", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("internal sealed class A { } // an Upper")]
    [InlineData("internal sealed class A { string b = \"an Upper\"; }")]
    [InlineData("internal sealed class A { string b = \"\"\"an Upper\"\"\"; char c = '\"'; }")]
    [InlineData("internal sealed class A { object b = B.Upper; }")]
    [InlineData("internal sealed class A(Upper upper); internal sealed class B;\ninternal sealed class Upper;")]
    public void A_name_that_means_something_else_is_no_arrow(string code) => Assert.Empty(Find(code));

    [Fact]
    public void A_circle_on_one_floor_is_found()
    {
        Arrow[] arrows = [new("Errors", "Hosts", "Errors/A.cs", "Host"), new("Hosts", "Proxies", "Hosts/B.cs", "Proxy"), new("Proxies", "Errors", "Proxies/C.cs", "Error")];

        Assert.Equal("a circle: ServiceDefaults/Errors/A.cs uses Host: Errors → Hosts; ServiceDefaults/Hosts/B.cs uses Proxy: Hosts → Proxies; ServiceDefaults/Proxies/C.cs uses Error: Proxies → Errors", Assert.Single(Circles(arrows)));
        Assert.Empty(Circles(arrows[..2]));
    }

    /// <summary>A file of Errors, and one of Caching that it should know nothing of.</summary>
    private static IReadOnlyList<Arrow> Find(string code) => FolderArrows.Find(new Dictionary<string, string>
    {
        ["Errors/A.cs"] = $"using ServiceDefaults.Caching;\n\nnamespace ServiceDefaults.Errors;\n\n{code}\n",
        ["Caching/Upper.cs"] = """
            namespace ServiceDefaults.Caching;

            public sealed class Upper;
            public sealed class UpperMarkAttribute : Attribute;
            public static class Raising
            {
                public static void Raise<T>(this object value)
                {
                }
            }
            """,
    });

    private static IEnumerable<string> Upwards(IEnumerable<Arrow> arrows) =>
        arrows.Where(arrow => arrow.From.Length > 0 && (arrow.To.Length == 0 || FloorOf(arrow.To) > FloorOf(arrow.From))).Select(arrow => $"ServiceDefaults/{arrow} runs upwards");

    /// <summary>Each circle once, as the arrows that it consists of.</summary>
    private static IEnumerable<string> Circles(IReadOnlyCollection<Arrow> arrows)
    {
        var level = arrows.Where(arrow => arrow.From.Length > 0 && FloorOf(arrow.To) == FloorOf(arrow.From)).DistinctBy(arrow => (arrow.From, arrow.To)).ToLookup(arrow => arrow.From);
        return level.SelectMany(folder => Ways(folder.Key, [], folder.Key)).DistinctBy(circle => string.Join(' ', circle.Select(arrow => arrow.From).Order(StringComparer.Ordinal)))
            .Select(circle => $"a circle: {string.Join("; ", circle.Select(arrow => $"ServiceDefaults/{arrow}"))}");

        IEnumerable<IReadOnlyList<Arrow>> Ways(string at, IReadOnlyList<Arrow> way, string home) => level[at].SelectMany(arrow =>
            arrow.To == home ? [[.. way, arrow]]
            : way.Any(before => before.From == arrow.To) ? []
            : Ways(arrow.To, [.. way, arrow], home));
    }

    private static int FloorOf(string folder) => Array.FindIndex(Floors, floor => floor.Contains(folder));

    private static Dictionary<string, string> Sources()
    {
        var project = Path.Combine(Repository.Root, "ServiceDefaults");
        return Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(project, file).Replace('\\', '/'), File: file))
            .Where(source => !source.Path.StartsWith("bin/", StringComparison.Ordinal) && !source.Path.StartsWith("obj/", StringComparison.Ordinal))
            .ToDictionary(source => source.Path, source => File.ReadAllText(source.File));
    }

    [GeneratedRegex(@"^\| (?<floor>\d) \| (`(?<folder>\w+)`,? ?)+[:|]")]
    private static partial Regex Row();
}
