using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Checklist;
using ServiceDefaults.Checks;
using ServiceDefaults.Foundation;
using ServiceDefaults.Https;
using ServiceDefaults.Redis;

namespace ServiceDefaults.Start;

/// <summary>What the checklist asks about production mode.</summary>
internal static class ProductionItems
{
    private const string Inside = "rehearsed-inside";

    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = ChecklistRunner.RestOfSettings,
            Title = "Every setting is within its range",
            Fix = "Correct the settings that the evidence names.",
            Check = inspection =>
            {
                var sections = inspection.Service<IEnumerable<CheckedSection>>().Select(section => section.Name).Distinct().Order(StringComparer.Ordinal).ToArray();
                return new Finding(sections.Length > 0, $"{sections.Length} sections were validated: {string.Join(", ", sections)}.");
            },
        },
        new()
        {
            Id = "production.needs",
            Title = "What the application cannot do without is there",
            StopsDevelopment = true,
            Fix = "Mend what the evidence names.",
            Check = async inspection =>
            {
                var own = inspection.Service<IEnumerable<IStartCheck>>().Where(check => check is not RedisAnswers).ToArray(); // which is an item of its own
                var refusals = new List<string>();
                foreach (var check in own)
                {
                    try
                    {
                        await check.VerifyAsync(inspection.CancellationToken);
                    }
                    catch (StartRefusedException refused)
                    {
                        refusals.Add(refused.Message);
                    }
                }

                return refusals.Count == 0
                    ? new Finding(true, $"{own.Length} start checks, beside the one of Redis, were asked and passed.")
                    : new Finding(Outcome.Refused, string.Join(' ', refusals));
            },
        },
        new()
        {
            Id = "production.debug",
            Title = "Nothing shows a visitor what a developer sees",
            Asvs = ["13.4.2"],
            Fix = "Remove ASPNETCORE_ENVIRONMENT and ASPNETCORE_DETAILEDERRORS from the environment.",
            Check = inspection =>
            {
                var (environment, configuration) = (inspection.Service<IHostEnvironment>(), inspection.Service<IConfiguration>());
                var details = configuration["DetailedErrors"];
                return new Finding(
                    !environment.IsDevelopment() && details is not ("1" or "true" or "True"), $"The environment is {environment.EnvironmentName}, and DetailedErrors is {details ?? "not set"}.");
            },
        },
        new()
        {
            Id = "production.errors",
            Title = "An error tells nothing of the inside",
            Asvs = ["13.4.2", "16.5.3"],
            Fix = "Let ProblemDetailsOptions.CustomizeProblemDetails add nothing of the exception.",
            Check = async inspection =>
            {
                var answer = await inspection.SendAsync(new() { Endpoint = _ => throw new RehearsedFailure() });
                var tells = answer.Body.Contains(Inside, StringComparison.Ordinal);
                return new Finding(answer.Status == 503 && !tells, $"An exception was answered {answer.Status} with {answer.Body.Length} characters, {(tells ? "its own message" : "none of its own")} among them.");
            },
        },
        new()
        {
            Id = "production.https",
            Title = "Plain HTTP is redirected to HTTPS, and a probe is not",
            Asvs = ["4.1.2"],
            Fix = "Leave HttpsRedirectionOptions to AddProductionMode, or set ASPNETCORE_HTTPS_PORT; Development does not redirect.",
            Check = async inspection =>
            {
                var visitor = await inspection.SendAsync(new() { Scheme = "http" });
                var probe = await inspection.SendAsync(new() { Scheme = "http", Path = Probes.Alive });
                return new Finding(
                    visitor.Status is 301 or 308 && visitor.Headers.Location.ToString().StartsWith("https://", StringComparison.Ordinal) && probe.Status is not (>= 300 and < 400),
                    $"http:// was answered {visitor.Status} with Location: {(visitor.Headers.Location.Count > 0 ? visitor.Headers.Location.ToString() : "(none)")}; {Probes.Alive} was answered {probe.Status}.");
            },
        },
        new()
        {
            Id = "production.hsts",
            Title = "Browsers are told to use HTTPS only, for a year or more",
            Asvs = ["3.4.1"],
            Fix = "Let HstsOptions.MaxAge be 365 days or more, and IncludeSubDomains true; Development sends none.",
            Check = async inspection =>
            {
                if (inspection.Service<Rehearsal>().Host is var host && ThisMachine.Is(host))
                {
                    return new Finding(true, $"The site answers as {host} and under no public name: there browsers are sent none (HstsOptions.ExcludedHosts).");
                }

                var header = (await inspection.SendAsync(new() { Endpoint = RehearsedRequest.Ok })).Headers.StrictTransportSecurity.ToString();
                return new Finding(TransportSecurity.IsStrict(header), $"An answer over HTTPS had Strict-Transport-Security: {(header.Length > 0 ? header : "(none)")}.");
            },
        },
        new()
        {
            Id = "production.version",
            Title = "No answer names the server or its version",
            Severity = Severity.Warning,
            Asvs = ["13.4.6"],
            Fix = "Leave KestrelServerOptions.AddServerHeader to AddProductionMode.",
            Check = async inspection =>
            {
                var headers = (await inspection.SendAsync(new() { Endpoint = RehearsedRequest.Ok })).Headers;
                var server = inspection.Options<KestrelServerOptions>().AddServerHeader;
                return new Finding(!server && headers.Server.Count == 0 && headers.XPoweredBy.Count == 0, $"Kestrel adds {(server ? "its name" : "no Server header")}; an answer had Server: {headers.Server.Count}, X-Powered-By: {headers.XPoweredBy.Count}.");
            },
        },
    ];

    /// <summary>Expected, so that the log stays as it is.</summary>
    private sealed class RehearsedFailure() : Exception(Inside), IExpectedFailure
    {
        public int StatusCode => StatusCodes.Status503ServiceUnavailable;

        public string Answer => "This is a rehearsal.";

        public TimeSpan? RetryAfter => null;
    }
}
