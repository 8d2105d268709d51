using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Audit.Items;

/// <summary>What the site gives away about its inside.</summary>
internal static partial class DisclosureItems
{
    private static readonly string[] Boasts = ["X-Powered-By", "X-AspNet-Version", "X-AspNetMvc-Version", "X-Generator"];

    public static readonly AuditItem[] All =
    [
        new()
        {
            Id = "production.version",
            Title = "No answer names what the site is built with, or a version",
            Severity = Severity.Warning,
            Asvs = ["13.4.6"],
            Fix = "Switch off X-Powered-By and the version in Server, and have error pages of your own.",
            Check = async site =>
            {
                var missing = await MissingAsync(site);
                string[] seen =
                [
                    .. site.Page.Header("Server").Any(char.IsAsciiDigit) ? [site.Page.Line("Server")] : Array.Empty<string>(),
                    .. Boasts.Where(site.Page.Headers.Contains).Select(site.Page.Line),
                    .. Product().Matches(missing?.Body ?? "").Select(match => $"{match.Value} on an error page").Distinct(),
                ];
                return new Finding(seen.Length == 0, seen.Length == 0 ? $"{site.Page.Line("Server")}; an error page names none." : $"Seen: {string.Join(", ", seen)}.");
            },
        },
        new()
        {
            Id = "production.errors",
            Title = "An error tells nothing of the inside",
            Asvs = ["13.4.2", "16.5.3"],
            Fix = "Run in production mode, and answer errors with a page of your own.",
            Check = async site =>
            {
                SentAnswer?[] errors = [await MissingAsync(site), await site.AskAsync("/%"), await site.AskAsync("/%C0%AE%C0%AE/"), await site.AskAsync("/?%=%&a[]=%00")];
                var told = errors.OfType<SentAnswer>().FirstOrDefault(error => Trace().IsMatch(WebUtility.HtmlDecode(error.Body)));
                return new Finding(
                    told is null,
                    $"What is missing or malformed was answered {string.Join(", ", errors.Select(error => error?.Status.ToString(CultureInfo.InvariantCulture) ?? "nothing"))}{(told is null ? ", without a stack trace" : $"; {told.Address.PathAndQuery} with a stack trace")}.");
            },
        },
    ];

    private static Task<SentAnswer?> MissingAsync(AuditedSite site) => site.AskAsync($"/checklist-{Guid.NewGuid():n}");

    [GeneratedRegex(@"\b(nginx|Apache|Caddy|Kestrel|Microsoft-IIS|Tomcat|Jetty|Express|PHP|openresty|Werkzeug|Python|Varnish|gunicorn|ASP\.NET)[/ ]v?\d+\.\d+[\d.]*", RegexOptions.IgnoreCase)]
    private static partial Regex Product();

    /// <summary>A line of a stack trace: of .NET or Java, Node.js, Python, PHP.</summary>
    [GeneratedRegex(@"\bat [\w.`+<>$]+\.[\w`<>|$]+\([^)]*\)|\bat [^\n]{0,120}?(/|file://|node:|\w:\\)[^\s()]+:\d+:\d+|Traceback \(most recent call last\)|\bin /\S+ on line \d+")]
    private static partial Regex Trace();
}
