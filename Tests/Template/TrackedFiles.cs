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

    /// <summary>What takes the place of accounts, with <c>--auth oidc</c>.</summary>
    private const string Provider = "templates/oidc/";

    /// <summary>What is gone with the accounts, beside what is replaced.</summary>
    private static readonly string[] OnlyWithAccounts =
    [
        "Tests/Identity/Passwords/", "WebApp/Account/AccountName.cs", "WebApp/Account/AccountSignIn.cs", "WebApp/Account/ChangePassword.cshtml", "WebApp/Account/ChangePassword.cshtml.cs",
        "WebApp/Account/IdentityErrors.cs", "WebApp/Account/Operators/OperatorNames.cs", "WebApp/Account/Passwords/", "WebApp/Account/Register.cshtml", "WebApp/Account/Register.cshtml.cs", "WebApp/Account/Users/",
    ];

    private static readonly string[] OnlyForFeedGaps = ["Directory.Build.targets", "eng/"];

    private static bool IsClone => Path.Exists(Path.Combine(Repository.Root, ".git"));

    /// <summary>Every file that git tracks.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync() => await ListAsync();

    /// <summary>What an application gets with <c>--feed-gaps</c>: everything but what is left out.</summary>
    public static async Task<IReadOnlyList<string>> OfAnApplicationWithFeedGapsAsync(bool atAProvider = false)
    {
        var all = await ListAsync();
        return atAProvider
            ? [.. Without([.. LeftOut, .. OnlyWithAccounts], all).Union(all.Where(file => file.StartsWith(Provider, StringComparison.Ordinal)).Select(file => file[Provider.Length..])).Order(StringComparer.Ordinal)]
            : Without(LeftOut, all);
    }

    /// <summary>What an application gets when it asks for nothing.</summary>
    public static async Task<IReadOnlyList<string>> OfAnApplicationAsync(bool atAProvider = false) =>
        Without(OnlyForFeedGaps, await OfAnApplicationWithFeedGapsAsync(atAProvider));

    /// <summary>
    /// Copies the repository without what git ignores: <c>dotnet new</c> reads all files of the folder each time, and the tests' tools are
    /// thousands. What is no clone serves as it is.
    /// </summary>
    /// <param name="folder">Where to.</param>
    /// <returns>Where the sources are.</returns>
    public static async Task<string> CopyAsync(string folder)
    {
        if (!IsClone)
        {
            return Repository.Root;
        }

        foreach (var file in (await ListAsync("--cached", "--others", "--exclude-standard")).Where(file => File.Exists(Path.Combine(Repository.Root, file))))
        {
            var copy = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Repository.Root, file), copy);
        }

        return folder;
    }

    private static async Task<string[]> ListAsync(params string[] kinds)
    {
        Skip.IfNot(IsClone, "these sources are not a git clone, so nothing says which files belong to the repository");
        var list = await Command.RunAsync("git", Repository.Root, new Dictionary<string, string>(), ["-c", "core.quotePath=off", "ls-files", .. kinds]);
        return [.. list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    private static string[] Without(string[] prefixes, IEnumerable<string> files) =>
        [.. files.Where(file => !prefixes.Any(prefix => prefix.EndsWith('/') ? file.StartsWith(prefix, StringComparison.Ordinal) : file == prefix))];
}
