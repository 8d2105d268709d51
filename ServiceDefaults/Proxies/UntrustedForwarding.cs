using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Proxies;

/// <summary>
/// Takes the forwarded headers off a request whose peer is not trusted, so that nothing behind can be fooled by them, and
/// says in the log, at most once a minute, which address to trust if it is the site's own proxy.
/// </summary>
internal sealed partial class UntrustedForwarding(RequestDelegate next, ProxyTrust trust, TimeProvider clock, ILogger<UntrustedForwarding> logger)
{
    private static readonly string[] Headers = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Forwarded-Proto"];

    private readonly OnceAMinute notice = new(clock);

    public Task InvokeAsync(HttpContext context)
    {
        var peer = context.Connection.RemoteIpAddress;
        if (!trust.Trusts(peer) && Array.Exists(Headers, context.Request.Headers.ContainsKey))
        {
            var claimsHttps = context.Request.Headers.GetCommaSeparatedValues("X-Forwarded-Proto").Contains("https", StringComparer.OrdinalIgnoreCase);
            Array.ForEach(Headers, header => context.Request.Headers.Remove(header));
            context.Features.Set(new Ignored(claimsHttps));
            if (notice.IsDue(context))
            {
                LogIgnored(peer!);
            }
        }

        return next(context);
    }

    [LoggerMessage(LogLevel.Warning, "Forwarded headers from {Peer} were ignored, because it is not a trusted proxy: its requests count as coming from that address over plain HTTP. If it is this site's own proxy, add its address or network to Proxies:Trusted.")]
    private partial void LogIgnored(IPAddress peer);

    /// <summary>Marks a request whose forwarded headers were ignored.</summary>
    /// <param name="ClaimsHttps">Whether the peer says that the visitor came over HTTPS.</param>
    internal sealed record Ignored(bool ClaimsHttps);
}
