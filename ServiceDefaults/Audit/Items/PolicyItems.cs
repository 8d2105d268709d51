using ServiceDefaults.Checks;

namespace ServiceDefaults.Audit.Items;

/// <summary>What is seen of the content security policy.</summary>
internal static class PolicyItems
{
    public static readonly AuditItem[] All =
    [
        new()
        {
            Id = "headers.policy",
            Title = "A content security policy lets scripts come only from what it names, and none that a page brings along",
            Asvs = ["3.4.3"],
            Fix = "Send Content-Security-Policy with a script-src of 'self', nonces or hashes, without 'unsafe-inline' and 'unsafe-eval'.",
            Check = site => new Finding(Of(site).BindsScripts, $"{site.Page.Line("Content-Security-Policy")}."),
        },
        new()
        {
            Id = "headers.policy-rest",
            Title = "It also binds plug-ins, the base of addresses, and where forms go",
            Severity = Severity.Warning,
            Asvs = ["3.4.3"],
            Fix = "Add object-src 'none', base-uri 'none' and form-action 'self' to the policy.",
            Check = site =>
            {
                string[] missing = [.. Of(site).Missing()];
                return new Finding(missing.Length == 0, missing.Length == 0 ? "object-src, base-uri and form-action bind." : $"Not there, or not binding: {string.Join(", ", missing)}.");
            },
        },
        new()
        {
            Id = "headers.frames",
            Title = "No other site shows this one in a frame",
            Asvs = ["3.4.6"],
            Fix = "Add frame-ancestors 'none' or 'self' to the policy.",
            Check = site => new Finding(
                Of(site).BindsFrames || site.Page.Header("X-Frame-Options").ToUpperInvariant() is "DENY" or "SAMEORIGIN",
                $"frame-ancestors {(Of(site).BindsFrames ? "binds" : "is not there, or does not bind")}; {site.Page.Line("X-Frame-Options")}."),
        },
    ];

    private static SentPolicy Of(AuditedSite site) => new(site.Page.Headers["Content-Security-Policy"]);
}
