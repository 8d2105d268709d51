using System.Reflection;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Foundation;

/// <summary>Who this process is: the names under which it writes cookies, keys and telemetry.</summary>
public sealed class ApplicationIdentity
{
    /// <summary>Reads <c>Application:Name</c>, else the name of the entry assembly.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="environment">The host's environment.</param>
    public ApplicationIdentity(IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);
        Name = configuration["Application:Name"] is { Length: > 0 } name ? name : environment.ApplicationName;
        Slug = ToSlug(Name);
    }

    /// <summary>The name for people, as in the title of a page.</summary>
    public string Name { get; }

    /// <summary>The name in ASCII lower case, for cookie names and Redis keys; <c>app</c> when nothing of the name is ASCII.</summary>
    public string Slug { get; }

    /// <summary>The version of the entry assembly, without the commit that the SDK appends.</summary>
    public static string Version { get; } =
        (Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];

    /// <summary>This replica: the machine (in a container: the container) and the process.</summary>
    public static string Instance { get; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    internal static string ToSlug(string name)
    {
        var slug = new StringBuilder();
        foreach (var character in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                slug.Append(character);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var trimmed = slug.ToString().Trim('-');
        return trimmed.Length > 0 ? trimmed : "app";
    }
}
