using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;

namespace Tests.Audit;

/// <summary>For each line of the audit, the one thing that a site does badly.</summary>
internal static class Weaknesses
{
    private const string Policy = "Content-Security-Policy";

    /// <summary>All that is not flipped has to hold, so what depends on a line is left out where it says "needs".</summary>
    public static IReadOnlyDictionary<string, Func<Manners, Manners>> All { get; } = new Dictionary<string, Func<Manners, Manners>>
    {
        ["production.tls"] = good => good with { ListensForTls = false },
        ["production.tls-latest"] = good => good with { Tls = SslProtocols.Tls12 },
        ["production.certificate"] = good => good with { CertificateName = "other.example" },
        ["production.certificate-renewal"] = good => good with { Life = (-80, 5) },
        ["production.https"] = good => good.WithMiddleware((context, next) =>
        {
            context.Request.Scheme = "https"; // says nothing about plain HTTP
            return next(context);
        }),
        ["production.redirects"] = good => good with { RedirectStatus = 302 },
        ["production.hsts"] = good => good.With("Strict-Transport-Security", "max-age=86400; includeSubDomains"),
        ["production.version"] = good => good.With("X-Powered-By", "Express"),
        ["production.errors"] = good => good.WithMiddleware((context, next) => Missing(context, next, "at Shop.Orders.Find(Int32 id) in /src/Orders.cs:line 12")),

        ["headers.policy"] = good => good.With(Policy, good.Headers[Policy]!.Replace("'self';", "'self' 'unsafe-inline';", StringComparison.Ordinal)),
        ["headers.policy-rest"] = good => good.With(Policy, good.Headers[Policy]!.Replace("base-uri 'none'; ", "", StringComparison.Ordinal)),
        ["headers.frames"] = good => good.With(Policy, good.Headers[Policy]!.Replace("frame-ancestors 'none'", "frame-ancestors *", StringComparison.Ordinal)),
        ["headers.types"] = good => good.With("X-Content-Type-Options", null),
        ["headers.referrer"] = good => good.With("Referrer-Policy", "unsafe-url"),
        ["headers.windows"] = good => good.With("Cross-Origin-Opener-Policy", "unsafe-none"),
        ["headers.origins"] = good => good.WithMiddleware((context, next) =>
        {
            context.Response.Headers.AccessControlAllowOrigin = context.Request.Headers.Origin;
            return next(context);
        }),

        ["hosts.names"] = good => good with { ChecksHost = false },
        ["proxies.scheme"] = good => good with { Outside = app => app.UseForwardedHeaders(Everybody(ForwardedHeaders.XForwardedProto)) },
        ["proxies.host"] = good => good.WithMiddleware(async (context, next) =>
        {
            await next(context);
            if (context.Request.Headers["X-Forwarded-Host"].ToString() is { Length: > 0 } host && context.Request.IsHttps)
            {
                await context.Response.WriteAsync($"<a href=\"https://{host}/reset\">");
            }
        }),

        ["monitoring.probes"] = good => good with { HealthPath = "/internal" },
        ["monitoring.detail"] = good => good with { Health = """{"status":"Healthy","redis":"10.0.0.7:6379"}""" },

        ["cookies.secure"] = good => good with { Cookie = good.Cookie.Replace(" Secure;", "", StringComparison.Ordinal) },
        ["cookies.scripts"] = good => good with { Cookie = good.Cookie.Replace(" HttpOnly;", "", StringComparison.Ordinal) },
        ["cookies.same-site"] = good => good with { Cookie = good.Cookie.Replace("SameSite=Lax", "SameSite=None", StringComparison.Ordinal) },
        ["cookies.prefix"] = good => good with { Cookie = good.Cookie.Replace("__Host-", "", StringComparison.Ordinal) },
        ["cookies.scope"] = good => good with { Cookie = good.Cookie.Replace("Path=/", "Path=/shop", StringComparison.Ordinal) },
        ["caching.cookies"] = good => good with { CacheControl = "public, max-age=60" },
    };

    private static ForwardedHeadersOptions Everybody(ForwardedHeaders headers)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = headers };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        return options;
    }

    private static async Task Missing(HttpContext context, RequestDelegate next, string text)
    {
        await next(context);
        if (context.Response.StatusCode == 404)
        {
            await context.Response.WriteAsync(text);
        }
    }
}
