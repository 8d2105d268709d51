namespace ServiceDefaults.Headers;

/// <summary>The security headers of every response; the defaults follow the OWASP Secure Headers Project.</summary>
public sealed class SecurityHeadersOptions
{
    /// <summary>
    /// The sources of each CSP directive. Default: nothing but this site's own styles, images, fonts, connections and forms;
    /// no script, no frame, no object, no base address.
    /// </summary>
    public IDictionary<string, string> ContentSecurityPolicy { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["default-src"] = "'none'",
        ["base-uri"] = "'none'",
        ["connect-src"] = "'self'",
        ["font-src"] = "'self'",
        ["form-action"] = "'self'",
        ["frame-ancestors"] = "'none'",
        ["img-src"] = "'self' data:",
        ["object-src"] = "'none'",
        ["style-src"] = "'self'",
    };

    /// <summary>How much of an address other sites are told. Default <c>strict-origin-when-cross-origin</c>.</summary>
    public string ReferrerPolicy { get; set; } = "strict-origin-when-cross-origin";

    /// <summary>The browser features that pages may use. Default: none of the powerful ones.</summary>
    public string PermissionsPolicy { get; set; } = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    internal IEnumerable<KeyValuePair<string, string>> All() =>
    [
        new("Content-Security-Policy", string.Join("; ", ContentSecurityPolicy.Select(directive => $"{directive.Key} {directive.Value}"))),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Permissions-Policy", PermissionsPolicy),
        new("Referrer-Policy", ReferrerPolicy),
        new("X-Content-Type-Options", "nosniff"),
    ];
}
