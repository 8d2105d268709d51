using System.Globalization;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Audit.Items;

/// <summary>What is seen of cookies, in all answers of the audit.</summary>
internal static class SentCookieItems
{
    private const int LargestCookie = 4096; // ASVS 3.3.5; browsers drop what is larger

    public static readonly AuditItem[] All =
    [
        new()
        {
            Id = "cookies.secure",
            Title = "Every cookie is sent over HTTPS only",
            Asvs = ["3.3.1"],
            Fix = "Set Secure on the cookies that the evidence names.",
            Check = site => Every(site, cookie => cookie.Has("Secure")),
        },
        new()
        {
            Id = "cookies.scripts",
            Title = "No script reads a cookie",
            Asvs = ["3.3.4"],
            Fix = "Set HttpOnly on the cookies that the evidence names.",
            Check = site => Every(site, cookie => cookie.Has("HttpOnly")),
        },
        new()
        {
            Id = "cookies.same-site",
            Title = "No other site's form sends a cookie",
            Asvs = ["3.3.2"],
            Fix = "Set SameSite=Lax or Strict on the cookies that the evidence names.",
            Check = site => Every(site, cookie => cookie.Value("SameSite")?.ToUpperInvariant() is "LAX" or "STRICT"),
        },
        new()
        {
            Id = "cookies.prefix",
            Title = "The name of every cookie begins with __Host- or __Secure-",
            Severity = Severity.Warning,
            Asvs = ["3.3.1", "3.3.3"],
            Fix = "Rename the cookies that the evidence names to __Host-….",
            Check = site => Every(site, HasPrefix),
        },
        new()
        {
            Id = "cookies.scope",
            Title = "Every cookie is for this host alone, and of a size that browsers keep",
            Severity = Severity.Warning,
            Asvs = ["3.3.3", "3.3.5"],
            Fix = "Take Domain away, set Path=/ beside __Host-, and keep data on the server.",
            Check = site => Every(site, cookie => !cookie.Has("Domain") && cookie.Bytes <= LargestCookie && (!cookie.Name.StartsWith("__Host-", StringComparison.Ordinal) || cookie.Value("Path") == "/")),
        },
        new()
        {
            Id = "caching.cookies",
            Title = "No cache keeps an answer that sets a cookie",
            Asvs = ["14.2.5", "14.3.2"],
            Fix = "Send Cache-Control: no-store, or at least private, with every answer that sets a cookie.",
            Check = site =>
            {
                var answers = site.Answers.Where(answer => answer.Cookies.Any()).ToArray();
                var kept = Array.Find(answers, answer => !IsPrivate(answer.Header("Cache-Control")));
                return answers.Length == 0
                    ? NoCookie()
                    : new Finding(kept is null, $"{answers.Length.ToString(CultureInfo.InvariantCulture)} answers set cookies; {(kept ?? answers[0]).Address.PathAndQuery} with {(kept ?? answers[0]).Line("Cache-Control")}.");
            },
        },
    ];

    private static Finding Every(AuditedSite site, Predicate<SentCookie> isGood)
    {
        var cookies = site.Answers.SelectMany(answer => answer.Cookies).DistinctBy(cookie => cookie.ToString()).ToArray();
        var bad = Array.FindAll(cookies, cookie => !isGood(cookie));
        return cookies.Length == 0 ? NoCookie() : new Finding(bad.Length == 0, $"{string.Join(" | ", bad.Length > 0 ? bad : cookies)}.");
    }

    private static Finding NoCookie() => new(Outcome.NotExamined, "Not examined: no answer set a cookie. Name a page that does.");

    private static bool HasPrefix(SentCookie cookie) => cookie.Name.StartsWith("__Host-", StringComparison.Ordinal) || cookie.Name.StartsWith("__Secure-", StringComparison.Ordinal);

    private static bool IsPrivate(string cacheControl) => cacheControl.Split(',', StringSplitOptions.TrimEntries).Any(part => part is "no-store" or "private");
}
