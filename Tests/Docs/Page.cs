using System.Text.RegularExpressions;
using Tests.Parts;

namespace Tests.Docs;

/// <summary>A page of the documentation.</summary>
/// <param name="Path">From the folder of the solution.</param>
/// <param name="Lines">Its text.</param>
internal sealed partial record Page(string Path, string[] Lines)
{
    /// <summary>All that there are: an application made from this one has fewer.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        .. new[] { "", "docs", "benchmarks", "eng" }.Select(folder => System.IO.Path.Combine(Repository.Root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", folder.EndsWith("eng", StringComparison.Ordinal) ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly))
            .Order(StringComparer.Ordinal)
            .Select(file => new Page(System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), File.ReadAllLines(file))),
    ];

    /// <summary>What stands between fences, with the language that the opening one names.</summary>
    public IEnumerable<Snippet> Snippets
    {
        get
        {
            Snippet? open = null;
            foreach (var (index, line) in Lines.Index())
            {
                if (!line.StartsWith("```", StringComparison.Ordinal))
                {
                    open?.Lines.Add(line);
                }
                else if (open is null)
                {
                    open = new Snippet(this, index + 2, line[3..].Trim(), []);
                }
                else
                {
                    yield return open;
                    open = null;
                }
            }

            Assert.True(open is null, $"{Path} ends within a snippet");
        }
    }

    /// <summary>The text without the snippets.</summary>
    public IEnumerable<string> Prose
    {
        get
        {
            var inside = false;
            foreach (var line in Lines)
            {
                var isFence = line.StartsWith("```", StringComparison.Ordinal);
                inside ^= isFence;
                if (!inside && !isFence)
                {
                    yield return line;
                }
            }
        }
    }

    /// <summary>Where links lead, inside this site and out of it.</summary>
    public IEnumerable<string> Links => Prose.SelectMany(line => Link().Matches(Code().Replace(line, "")))
        .Select(link => link.Groups[1].Success ? link.Groups[1].Value : link.Groups[2].Value);

    /// <summary>What a link may name after <c>#</c>, made of the headings as code hosts make it.</summary>
    public IEnumerable<string> Anchors =>
        Prose.Where(line => line.StartsWith('#')).Select(line => NotInAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    public override string ToString() => Path;

    [GeneratedRegex(@"\]\(([^)\s]+)\)|\bsrc(?:set)?=""([^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`(?!\\])")]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchor();
}

/// <summary>What stands between two fences.</summary>
/// <param name="Page">Where.</param>
/// <param name="FirstLine">The number of its first line, from 1.</param>
/// <param name="Language">What the fence names; empty when it names nothing.</param>
/// <param name="Lines">Its text.</param>
internal sealed record Snippet(Page Page, int FirstLine, string Language, List<string> Lines)
{
    public string Text => string.Join('\n', Lines);

    public override string ToString() => $"{Page.Path}:{FirstLine}";
}
