namespace ServiceDefaults.Headers;

/// <summary>What the settings of an application give away of the defaults.</summary>
internal static class HeaderWeaknesses
{
    /// <summary>A sentence for each; none when nothing is weaker than it should be in Production.</summary>
    public static IEnumerable<string> Weaknesses(this SecurityHeadersOptions headers)
    {
        foreach (var (directive, sources) in headers.ContentSecurityPolicy.Directives)
        {
            if (sources.HasOthers && (directive.StartsWith("script-src", StringComparison.Ordinal) || directive is "frame-ancestors" or "worker-src"))
            {
                yield return $"Content-Security-Policy: {directive} trusts other sites ({string.Join(' ', sources.All)}). What they serve runs, or frames, with the rights of this one.";
            }

            if (sources.All.Contains("'wasm-unsafe-eval'"))
            {
                yield return $"Content-Security-Policy: {directive} lets WebAssembly be compiled from any bytes that the page holds.";
            }
        }

        if (headers.ReferrerPolicy is "origin" or "origin-when-cross-origin" or "no-referrer-when-downgrade")
        {
            yield return $"Referrer-Policy: {headers.ReferrerPolicy} tells others more than strict-origin-when-cross-origin.";
        }

        if (headers.OpenerPolicy == "unsafe-none")
        {
            yield return "Cross-Origin-Opener-Policy: unsafe-none lets other sites keep a handle on this site's windows (ASVS 3.4.8).";
        }

        if (headers.ResourcePolicy == "cross-origin")
        {
            yield return "Cross-Origin-Resource-Policy: cross-origin lets every site load this site's answers into its pages.";
        }
    }
}
