using System.Text.RegularExpressions;

namespace AppHost;

/// <summary>What the web app does not start in Production without, and only who deploys it knows.</summary>
/// <param name="Key">Its environment variable; of a secret the name of the mounted file.</param>
/// <param name="Name">The name of Aspire's parameter.</param>
/// <param name="What">What to set it to.</param>
internal sealed partial record SiteSetting(string Key, string Name, string What)
{
    /// <summary>Whether it is mounted as a file instead of being written down.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The variable that Compose asks for.</summary>
    public string Variable => Name.Replace('-', '_').ToUpperInvariant();

    /// <summary>The value that the Helm chart asks for.</summary>
    public string Value => Hyphen().Replace(Name, match => match.Groups[1].Value.ToUpperInvariant());

    [GeneratedRegex("-(.)")]
    private static partial Regex Hyphen();
}
