using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServiceDefaults.Errors;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.CrossOrigin;

/// <summary>
/// Refuses requests that change something and that a page of another origin has a browser send, by what browsers say of
/// themselves and no page can forge: <c>Sec-Fetch-Site</c>, else <c>Origin</c>. A request without both is of a program, which
/// has nobody's cookies. The algorithm is that of Go's <c>http.CrossOriginProtection</c>, but for the scheme of the origin,
/// which Go cannot know and we can.
/// </summary>
internal sealed partial class CrossOriginProtection(
    RequestDelegate next, IOptions<CrossOriginOptions> options, TimeProvider clock, ILogger<CrossOriginProtection> logger)
{
    private readonly HashSet<string> trusted = new(options.Value.TrustedOrigins, StringComparer.OrdinalIgnoreCase);
    private readonly OnceAMinute notice = new(clock);

    public Task InvokeAsync(HttpContext context)
    {
        if (ReasonToRefuse(context.Request) is not { } reason || IsExempt(context))
        {
            return next(context);
        }

        if (notice.IsDue(context))
        {
            LogRefused(reason, context.GetEndpoint()?.DisplayName);
        }

        return ErrorAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, $"{reason}, and this site takes requests that change something from its own pages only.");
    }

    private static string? ReasonToRefuse(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return null;
        }

        return request.Headers["Sec-Fetch-Site"].ToString() switch
        {
            "same-origin" or "none" => null, // none: the person's own doing, as from a bookmark
            "" => request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOwn(request, origin)
                ? "The request comes from a page of another origin (Origin)"
                : null,
            "same-site" => "The request comes from another host of the same site (Sec-Fetch-Site: same-site)",
            _ => "The request comes from another site (Sec-Fetch-Site: cross-site)",
        };
    }

    /// <summary>The host may name the scheme's own port; an origin never does.</summary>
    private static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host.ToUriComponent()}", UriKind.Absolute, out var own)
        && origin.Equals(own.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);

    private bool IsExempt(HttpContext context) =>
        trusted.Contains(context.Request.Headers.Origin.ToString()) || context.GetEndpoint()?.Metadata.GetMetadata<AllowCrossOriginAttribute>() is not null;

    [LoggerMessage(LogLevel.Information, "{Reason}: it was refused at {Endpoint}. If it is meant to be, add its origin to CrossOrigin:TrustedOrigins.")]
    private partial void LogRefused(string reason, string? endpoint);
}
