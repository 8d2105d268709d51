using ServiceDefaults.Checks;
using ServiceDefaults.Foundation;
using ServiceDefaults.Https;

namespace ServiceDefaults.Audit.Items;

/// <summary>What is seen of the way from plain HTTP to HTTPS.</summary>
internal static class RedirectItems
{
    public static readonly AuditItem[] All =
    [
        new()
        {
            Id = "production.https",
            Title = "Plain HTTP leads to HTTPS, and to nothing else",
            Asvs = ["4.1.2", "12.2.1"],
            Needs = "production.tls",
            Fix = "Redirect every page from http:// to the same page at https://.",
            Check = async site =>
            {
                if (site.Plain is null)
                {
                    return new Finding(Outcome.NotExamined, "Not examined: where the site takes plain HTTP is not known; --http-port says it.");
                }

                var first = await site.AskAsync(site.Plain);
                return first is null
                    ? new Finding(true, $"Nobody answers at {site.Plain}.")
                    : new Finding(first.Location?.Scheme == Uri.UriSchemeHttps || first.Status is >= 400 and < 500, $"{site.Plain} was answered {Describe(first)}.");
            },
        },
        new()
        {
            Id = "production.redirects",
            Title = "One redirect, and a permanent one, leads to HTTPS",
            Severity = Severity.Warning,
            Needs = "production.https",
            Fix = "Redirect with 301 or 308 straight to the final address.",
            Check = async site =>
            {
                if (site.Plain is null || await site.AskAsync(site.Plain) is not { Location: not null } first)
                {
                    return new Finding(Outcome.NotExamined, "Not examined: there is no redirect.");
                }

                var (plain, secure) = (await site.FollowAsync(site.Plain), site.Secure is null ? [] : await site.FollowAsync(site.Secure));
                var count = plain.Count - Math.Max(1, secure.Count);
                return new Finding(
                    first.Status is 301 or 308 && count <= 1 && plain[^1].Location is null,
                    $"From {site.Plain} the way is {string.Join(" → ", plain.Select(answer => answer.Status))}: {count} to HTTPS{(plain[^1].Location is { } on ? $", and then on to {on.GetLeftPart(UriPartial.Authority)}" : "")}.");
            },
        },
        new()
        {
            Id = "production.hsts",
            Title = "Browsers are told to use HTTPS only, for a year or more, for subdomains too",
            Asvs = ["3.4.1"],
            Needs = "production.tls",
            Fix = "Send Strict-Transport-Security: max-age=31536000; includeSubDomains.",
            Check = site =>
            {
                if (ThisMachine.Is(site.Target.Host))
                {
                    return new Finding(Outcome.NotExamined, $"Not examined: browsers are sent none for {site.Target.Host}, where it would hit every other site of the machine.");
                }

                return new Finding(TransportSecurity.IsStrict(site.Page.Header("Strict-Transport-Security")), $"{site.Page.Line("Strict-Transport-Security")}.");
            },
        },
    ];

    private static string Describe(SentAnswer answer) => answer.Location is { } location ? $"{answer.Status}, to {location}" : $"{answer.Status}, and goes no further";
}
