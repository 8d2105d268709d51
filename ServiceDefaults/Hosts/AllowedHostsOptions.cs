using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ServiceDefaults.Hosts;

/// <summary>The host names of this site. Configuration key <c>AllowedHosts</c>.</summary>
public sealed class AllowedHostsOptions
{
    /// <summary>
    /// Names, addresses, and <c>*.example.com</c> for the subdomains of a name, without scheme and port. In the configuration
    /// they are separated by semicolons. Required outside Development; in Development the default is every host.
    /// </summary>
    public IList<string> Names { get; } = [];

    /// <summary>Whether every host is meant: nothing is said, or one of the names that are every host to the framework, too.</summary>
    internal bool IsOpen => Names.Count == 0 || Names.Any(IsEveryHost);

    internal static bool IsEveryHost(string name) => name is "*" or "0.0.0.0" or "[::]";

    internal void Read(string? setting)
    {
        foreach (var name in (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Names.Add(name);
        }
    }

    /// <summary>In the form that <see cref="HostString.MatchesAny"/> compares with: international names in ASCII.</summary>
    internal IList<StringSegment> ToPatterns() => [.. Names.Select(name => new StringSegment(new HostString(name).ToUriComponent()))];
}
