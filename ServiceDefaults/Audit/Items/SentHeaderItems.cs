using ServiceDefaults.Checks;

namespace ServiceDefaults.Audit.Items;

/// <summary>What is seen of the other security headers.</summary>
internal static class SentHeaderItems
{
    private const string Stranger = $"https://{AuditedSite.Stranger}";

    public static readonly AuditItem[] All =
    [
        new()
        {
            Id = "headers.types",
            Title = "Browsers guess no type",
            Asvs = ["3.4.4"],
            Fix = "Send X-Content-Type-Options: nosniff.",
            Check = site => Seen(site, "X-Content-Type-Options", value => value.Equals("nosniff", StringComparison.OrdinalIgnoreCase)),
        },
        new()
        {
            Id = "headers.referrer",
            Title = "Other sites are told no address of a page",
            Severity = Severity.Warning,
            Asvs = ["3.4.5"],
            Fix = "Send Referrer-Policy: strict-origin-when-cross-origin, or a stricter one.",
            Check = site => Seen(site, "Referrer-Policy", value => value.Split(',')[^1].Trim() is not ("" or "unsafe-url" or "no-referrer-when-downgrade" or "origin-when-cross-origin")),
        },
        new()
        {
            Id = "headers.windows",
            Title = "No other site keeps a hand on this one's windows",
            Severity = Severity.Warning,
            Asvs = ["3.4.8"],
            Fix = "Send Cross-Origin-Opener-Policy: same-origin.",
            Check = site => Seen(site, "Cross-Origin-Opener-Policy", value => value.Split(';')[0].Trim() is "same-origin" or "same-origin-allow-popups" or "noopener-allow-popups"),
        },
        new()
        {
            Id = "headers.origins",
            Title = "No other site's script reads an answer",
            Asvs = ["3.4.2"],
            Fix = "Name the origins that may, and never send back the one that asks.",
            Check = async site =>
            {
                var answer = await site.AskAsync(site.Page.Address, ("Origin", Stranger));
                if (answer is null)
                {
                    return new Finding(false, $"A request from {Stranger} was not answered.");
                }

                var allowed = answer.Header("Access-Control-Allow-Origin");
                return new Finding(
                    allowed != Stranger && (allowed != "*" || !answer.Cookies.Any()),
                    $"To {Stranger} {answer.Line("Access-Control-Allow-Origin")}, {answer.Line("Access-Control-Allow-Credentials")}.");
            },
        },
    ];

    private static Finding Seen(AuditedSite site, string header, Predicate<string> isGood) => new(isGood(site.Page.Header(header)), $"{site.Page.Line(header)}.");
}
