using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using ServiceDefaults.Errors;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Hosts;

/// <summary>Refuses requests for a host that is not this site's, before anything builds a link from it or caches by it.</summary>
/// <remarks>
/// Probes are let through: a platform asks an address, or sends no host at all, and they build no link.
/// The comparison is the framework's, which ignores the port.
/// </remarks>
internal sealed partial class HostFilter(RequestDelegate next, IOptions<AllowedHostsOptions> options, TimeProvider clock, ILogger<HostFilter> logger)
{
    private readonly IList<StringSegment> patterns = options.Value.ToPatterns();
    private readonly bool isOpen = options.Value.IsOpen;
    private readonly OnceAMinute notice = new(clock);

    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Headers.Host.ToString(); // as sent: Request.Host would not be in ASCII
        if (isOpen || Probes.IsProbe(context.Request.Path) || (host.Length > 0 && HostString.MatchesAny(host, patterns)))
        {
            return next(context);
        }

        if (notice.IsDue(context))
        {
            LogRefused(context.Request.Host.Host);
        }

        return ErrorAnswer.WriteAsync(
            context, StatusCodes.Status400BadRequest, "This site does not answer under that host name. If you run it, its log names the setting.");
    }

    [LoggerMessage(LogLevel.Warning, "A request for the host {Host} was refused. If that is a name of this site, add it to AllowedHosts.")]
    private partial void LogRefused(string host);
}
