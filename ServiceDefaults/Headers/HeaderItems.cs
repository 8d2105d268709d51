using System.Net;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Headers;

/// <summary>What the checklist asks about security headers.</summary>
internal static class HeaderItems
{
    private static readonly IPAddress Somebody = IPAddress.Parse("192.0.2.2"); // nobody (RFC 5737), so that no client's rate is used up

    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "headers.policy",
            Title = "The content security policy forbids what is not named, and nothing is named unsafe",
            Asvs = ["3.4.3", "3.4.6"],
            Options = typeof(SecurityHeadersOptions),
            Fix = "Change it by SecurityHeadersOptions.ContentSecurityPolicy, and put nothing before UseServiceDefaults that changes headers.",
            Check = async inspection =>
            {
                var policy = (await AnswerAsync(inspection)).Headers.ContentSecurityPolicy.ToString();
                string[] needed = ["default-src 'none'", "base-uri 'none'", "object-src 'none'", "frame-ancestors "];
                return new Finding(needed.All(policy.Contains) && !policy.Contains("'unsafe-", StringComparison.Ordinal), $"An answer had Content-Security-Policy: {policy}.");
            },
        },
        new()
        {
            Id = "headers.strength",
            Title = "No header is weaker than its default",
            Severity = Severity.Warning,
            Asvs = ["3.4.5", "3.4.8"],
            Fix = "Take back what SecurityHeadersOptions allows, unless the site needs it.",
            Check = inspection =>
            {
                var weaknesses = inspection.Options<SecurityHeadersOptions>().Weaknesses().ToArray();
                return new Finding(weaknesses.Length == 0, weaknesses.Length == 0 ? "SecurityHeadersOptions trusts no other site with scripts, frames, windows, answers or addresses." : string.Join(' ', weaknesses));
            },
        },
        new()
        {
            Id = "headers.present",
            Title = "Every answer says that browsers guess no type, tell no address and share no window",
            Asvs = ["3.4.4", "3.4.5", "3.4.8"],
            Fix = "Put nothing before UseServiceDefaults that removes headers.",
            Check = async inspection =>
            {
                var headers = (await AnswerAsync(inspection)).Headers;
                var (sniffing, referrer, opener) = (headers.XContentTypeOptions.ToString(), headers["Referrer-Policy"].ToString(), headers["Cross-Origin-Opener-Policy"].ToString());
                return new Finding(
                    sniffing == "nosniff" && referrer is not ("" or "unsafe-url") && opener.Length > 0,
                    $"An answer had X-Content-Type-Options: {sniffing}, Referrer-Policy: {referrer} and Cross-Origin-Opener-Policy: {opener}.");
            },
        },
        new()
        {
            Id = "headers.reports",
            Title = "Browsers report what the content security policy stops, and the report is taken",
            Severity = Severity.Warning,
            Asvs = ["3.4.7"],
            Needs = "headers.policy",
            Fix = "Leave the reports to the content security policy and UseSecurityHeaders, and put nothing before them that changes headers.",
            Check = async inspection =>
            {
                var headers = (await AnswerAsync(inspection)).Headers;
                var (policy, endpoints) = (headers.ContentSecurityPolicy.ToString(), headers["Reporting-Endpoints"].ToString());
                var taken = await inspection.SendAsync(new()
                {
                    Method = HttpMethods.Post,
                    Path = CspReports.Path,
                    From = Somebody,
                    Headers = new Dictionary<string, string> { ["Content-Type"] = "application/csp-report" },
                    Body = "{}",
                });
                return new Finding(
                    policy.Contains($"report-to {CspReports.Group}", StringComparison.Ordinal) && endpoints.StartsWith($"{CspReports.Group}=", StringComparison.Ordinal) && taken.Status == StatusCodes.Status204NoContent,
                    $"An answer had Reporting-Endpoints: {endpoints}; a report there was answered {taken.Status}.");
            },
        },
        new()
        {
            Id = "headers.origins",
            Title = "No other site's script reads an answer",
            Asvs = ["3.4.2"],
            Fix = "Name the origins that may, in a CORS policy of the endpoint for which they may.",
            Check = async inspection =>
            {
                var allowed = (await AnswerAsync(inspection, ("Origin", "https://stranger.example"))).Headers.AccessControlAllowOrigin.ToString();
                return new Finding(allowed.Length == 0, $"To https://stranger.example an answer had Access-Control-Allow-Origin: {(allowed.Length > 0 ? allowed : "(none)")}.");
            },
        },
    ];

    private static Task<RehearsedAnswer> AnswerAsync(Inspection inspection, params IEnumerable<(string Name, string Value)> headers) => inspection.SendAsync(new()
    {
        Headers = headers.ToDictionary(header => header.Name, header => header.Value),
        Endpoint = RehearsedRequest.Ok,
    });
}
