using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Headers;

/// <summary>Takes what browsers report about the content security policy (ASVS 3.4.7), and says it in the log once a minute.</summary>
/// <remarks>Anybody can send anything here: it is small, rare, touches no session, and is never repeated word for word.</remarks>
internal sealed partial class CspReports(TimeProvider clock, ILogger<CspReports> logger) : IDisposable
{
    public const string Path = "/csp-reports";

    /// <summary>Its name in <c>Reporting-Endpoints</c> and <c>report-to</c>.</summary>
    public const string Group = "csp";

    /// <summary>A browser sends a few hundred bytes for each violation, and many of them in one request.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>From one client: an address, or a /64 network of IPv6; a browser collects for up to a minute.</summary>
    public const int RequestsPerMinute = 20;

    private readonly OnceAMinute notice = new(clock);
    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetFixedWindowLimiter(
            ClientNetwork.Of(context.Connection.RemoteIpAddress),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = RequestsPerMinute, Window = TimeSpan.FromMinutes(1) }));

    private long received;

    public async Task TakeAsync(HttpContext context) => context.Response.StatusCode = await TakeReportAsync(context);

    public void Dispose() => limiter.Dispose();

    private async Task<int> TakeReportAsync(HttpContext context)
    {
        if (context.Request.ContentType?.Split(';')[0].Trim() is not ("application/csp-report" or "application/reports+json"))
        {
            return StatusCodes.Status415UnsupportedMediaType;
        }

        using var lease = limiter.AttemptAcquire(context);
        if (!lease.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "60";
            return StatusCodes.Status429TooManyRequests;
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = 8 }, context.RequestAborted);
            Interlocked.Increment(ref received);
            if (CspReport.Read(body.RootElement) is { } report && notice.IsDue(context))
            {
                LogViolation(report.Directive, report.Blocked, report.Page, Interlocked.Exchange(ref received, 0));
            }

            return StatusCodes.Status204NoContent;
        }
        catch (JsonException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A browser says that the content security policy has stopped something: {Directive} does not allow {Blocked} on the page {Page}. Reports since the last line: {Count}.")]
    private partial void LogViolation(string directive, string blocked, string page, long count);
}

/// <summary>How the reports' endpoint is mapped.</summary>
internal static class CspReportsEndpoint
{
    /// <summary>Goes no further than routing: no session is loaded for it, and its own limits apply.</summary>
    public static void AsReports(this IEndpointConventionBuilder endpoint) => endpoint
        .ShortCircuit()
        .WithMetadata(new RequestSizeLimitAttribute(CspReports.MaxBytes))
        .AllowAnonymous()
        .ExcludeFromDescription();
}
