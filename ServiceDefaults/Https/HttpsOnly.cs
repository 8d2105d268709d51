using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Errors;
using ServiceDefaults.Foundation;
using ServiceDefaults.Proxies;

namespace ServiceDefaults;

/// <summary>Outside Development the site is reached over HTTPS only.</summary>
public static partial class HttpsOnly
{
    private const string Explanation =
        "This site works over HTTPS only, and cannot see that you use it: the proxy in front of it is not trusted yet. If you run this site, its log names the setting.";

    /// <summary>Redirects plain HTTP once; the header <c>Strict-Transport-Security</c> tells browsers to stay on HTTPS.</summary>
    /// <remarks>Probes come over plain HTTP from inside, and only user-facing addresses redirect (ASVS 4.1.2).</remarks>
    /// <param name="app">The application.</param>
    public static void UseHttpsOnly(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.Environment.IsDevelopment())
        {
            app.UseWhen(IsForPeople, branch => branch.Use(ExplainInsteadOfALoop).Use(SayWhyItIsPlain(app.Services)).UseHttpsRedirection());
        }
    }

    private static bool IsForPeople(HttpContext context) => !Probes.IsProbe(context.Request.Path);

    /// <summary>A visitor who came over HTTPS through a proxy that is not trusted would be redirected to where they already are.</summary>
    private static Task ExplainInsteadOfALoop(HttpContext context, RequestDelegate next)
    {
        if (context.Request.IsHttps || context.Features.Get<UntrustedForwarding.Ignored>() is not { ClaimsHttps: true })
        {
            return next(context);
        }

        return ErrorAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, Explanation);
    }

    /// <summary>A proxy that ends TLS and does not say so makes the redirect a loop, and only the log can tell.</summary>
    private static Func<HttpContext, RequestDelegate, Task> SayWhyItIsPlain(IServiceProvider services)
    {
        var notice = new OnceAMinute(services.GetRequiredService<TimeProvider>());
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(HttpsOnly).FullName!);
        return (context, next) =>
        {
            if (!context.Request.IsHttps && notice.IsDue(context))
            {
                LogRedirected(logger, context.Connection.RemoteIpAddress);
            }

            return next(context);
        };
    }

    [LoggerMessage(LogLevel.Information, "A request from {Peer} came over plain HTTP, without X-Forwarded-Proto, and is redirected to HTTPS. If a proxy there ends TLS, it has to send that header.")]
    private static partial void LogRedirected(ILogger logger, IPAddress? peer);
}
