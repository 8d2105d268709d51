using Tests.Parts;

namespace Tests.Template;

/// <summary>The repository as git knows it, and which part of it is the application.</summary>
internal static class TrackedFiles
{
    /// <summary>What an application does not get: the template's own parts, and what speaks of this repository.</summary>
    private static readonly string[] LeftOut =
    [
        ".ci/", ".env.example", ".gitattributes", ".github/workflows/template.yml", ".template.config/", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "SECURITY.md", "Tests/Template/", "benchmarks/", "templates/",
    ];

    private static readonly string[] OnlyForARestrictedFeed = ["Directory.Build.targets", "eng/"];

    /// <summary>Every file that git tracks.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync() => await ListAsync();

    /// <summary>What an application gets with <c>--restricted-feed</c>: everything but what is left out.</summary>
    public static async Task<IReadOnlyList<string>> OfARestrictedApplicationAsync() =>
        Without(LeftOut, await ListAsync());

    /// <summary>What an application gets when it asks for nothing.</summary>
    public static async Task<IReadOnlyList<string>> OfAnApplicationAsync() =>
        Without(OnlyForARestrictedFeed, await OfARestrictedApplicationAsync());

    private static async Task<string[]> ListAsync()
    {
        Skip.IfNot(Path.Exists(Path.Combine(Repository.Root, ".git")), "these sources are not a git clone, so nothing says which files belong to the repository");
        var list = await Command.RunAsync("git", Repository.Root, new Dictionary<string, string>(), "-c", "core.quotePath=off", "ls-files");
        return [.. list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    private static string[] Without(string[] prefixes, IEnumerable<string> files) =>
        [.. files.Where(file => !prefixes.Any(prefix => prefix.EndsWith('/') ? file.StartsWith(prefix, StringComparison.Ordinal) : file == prefix))];
}
