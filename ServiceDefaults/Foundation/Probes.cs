using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Foundation;

/// <summary>The addresses that machines ask to see whether this process is well.</summary>
public static class Probes
{
    /// <summary>Is the process alive? Asks nothing else; restart it when this fails.</summary>
    public const string Alive = "/alive";

    /// <summary>Can it serve? Asks what it depends on; send it no requests while this fails.</summary>
    public const string Ready = "/ready";

    /// <summary>How is it? A word, with detail in Development.</summary>
    public const string Health = "/health";

    /// <summary>Since when? For uptime pingers.</summary>
    public const string Uptime = "/uptime";

    private static readonly string[] All = [Alive, Ready, Health, Uptime];

    /// <summary>Whether a path is one of these.</summary>
    /// <param name="path">The request's path.</param>
    /// <returns>True for a probe.</returns>
    public static bool IsProbe(PathString path) => Array.Exists(All, probe => path.Equals(probe, StringComparison.OrdinalIgnoreCase));
}
