using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Proxies;

/// <summary>
/// Leaves of a trusted proxy's headers what it vouches for: a proxy passes on what it does not know, and so the client's own
/// <c>Forwarded</c>, <c>X-Forwarded-Host</c> and <c>X-Forwarded-Prefix</c>. Only <c>http</c> and <c>https</c> are schemes;
/// whatever else is in <c>X-Forwarded-Proto</c> counts as plain HTTP, where the framework would take any word.
/// </summary>
internal sealed partial class TrustedForwarding(RequestDelegate next, TimeProvider clock, ILogger<TrustedForwarding> logger)
{
    private const string Scheme = "X-Forwarded-Proto";

    private readonly OnceAMinute notice = new(clock);

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        headers.Remove("Forwarded");
        headers.Remove("X-Forwarded-Host");
        headers.Remove("X-Forwarded-Prefix");
        if (headers.TryGetValue(Scheme, out var value) && value is not ["https"] and not ["http"])
        {
            headers[Scheme] = string.Join(", ", headers.GetCommaSeparatedValues(Scheme).Select(entry => SchemeOf(entry, context)));
        }

        return next(context);
    }

    /// <summary>Each entry keeps its place: they are read from the right, one for each hop.</summary>
    private string SchemeOf(string entry, HttpContext context)
    {
        if (string.Equals(entry, "https", StringComparison.OrdinalIgnoreCase))
        {
            return "https";
        }

        if (!string.Equals(entry, "http", StringComparison.OrdinalIgnoreCase) && notice.IsDue(context))
        {
            LogNoScheme(context.Connection.RemoteIpAddress);
        }

        return "http";
    }

    [LoggerMessage(LogLevel.Warning, "The trusted proxy {Peer} sent an X-Forwarded-Proto that is neither http nor https: it counts as http. Let the proxy set that header itself.")]
    private partial void LogNoScheme(IPAddress? peer);
}
