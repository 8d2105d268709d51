using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Headers;

/// <summary>The security headers of every response; the defaults follow the OWASP Secure Headers Project.</summary>
public sealed class SecurityHeadersOptions
{
    /// <summary>What pages may load, run, connect to and be framed by.</summary>
    public ContentSecurityPolicy ContentSecurityPolicy { get; } = new();

    /// <summary>Which powerful features of the browser pages may use. Default: none.</summary>
    public PermissionsPolicy PermissionsPolicy { get; } = new();

    /// <summary>How much of an address other sites are told. Default <c>strict-origin-when-cross-origin</c>: the origin, and nothing over plain HTTP.</summary>
    [AllowedValues("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin", "origin", "origin-when-cross-origin", "no-referrer-when-downgrade",
        ErrorMessage = "is no policy that a browser knows, or it is unsafe-url. Use strict-origin-when-cross-origin or no-referrer.")]
    public string ReferrerPolicy { get; set; } = "strict-origin-when-cross-origin";

    /// <summary>Who keeps a handle on a window of this site. Default <c>same-origin</c>; <c>same-origin-allow-popups</c> for sign-in in a popup.</summary>
    [AllowedValues("same-origin", "same-origin-allow-popups", "noopener-allow-popups", "unsafe-none",
        ErrorMessage = "is no policy that a browser knows. Use same-origin or same-origin-allow-popups.")]
    public string OpenerPolicy { get; set; } = "same-origin";

    /// <summary>Who may load this site's files into their pages. Default <c>same-origin</c>.</summary>
    [AllowedValues("same-origin", "same-site", "cross-origin", ErrorMessage = "is no policy that a browser knows. Use same-origin, same-site or cross-origin.")]
    public string ResourcePolicy { get; set; } = "same-origin";

    /// <summary>
    /// Whether what pages load from elsewhere has to agree. Default <c>require-corp</c>, and <c>unsafe-none</c> as soon as the
    /// content security policy lets something come from another site, which <c>require-corp</c> would block again.
    /// </summary>
    [AllowedValues(null, "require-corp", "credentialless", "unsafe-none", ErrorMessage = "is no policy that a browser knows. Use require-corp or credentialless.")]
    public string? EmbedderPolicy { get; set; }

    internal string EffectiveEmbedderPolicy => EmbedderPolicy ?? (LoadsFromOthers ? "unsafe-none" : "require-corp");

    private bool LoadsFromOthers => ContentSecurityPolicy.Directives.Any(directive =>
        directive.Key is not ("form-action" or "frame-ancestors" or "connect-src") && directive.Value.HasOthers);

    internal IEnumerable<KeyValuePair<string, string>> All() =>
    [
        new("Content-Security-Policy", ContentSecurityPolicy.ToHeader(nonce: null)),
        new("Cross-Origin-Embedder-Policy", EffectiveEmbedderPolicy),
        new("Cross-Origin-Opener-Policy", OpenerPolicy),
        new("Cross-Origin-Resource-Policy", ResourcePolicy),
        new("Permissions-Policy", PermissionsPolicy.ToHeader()),
        new("Referrer-Policy", ReferrerPolicy),
        new("Reporting-Endpoints", $"{CspReports.Group}=\"{CspReports.Path}\""),
        new("X-Content-Type-Options", "nosniff"),
    ];
}
