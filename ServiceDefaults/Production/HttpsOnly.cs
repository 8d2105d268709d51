using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Monitoring;
using ServiceDefaults.Proxies;

namespace ServiceDefaults;

/// <summary>Outside Development the site is reached over HTTPS only.</summary>
public static class HttpsOnly
{
    private const string Explanation =
        "This site works over HTTPS only, and cannot see that you use it: the proxy in front of it is not trusted yet. If you run this site, its log names the setting.";

    /// <summary>Redirects plain HTTP once, and tells browsers to stay on HTTPS.</summary>
    /// <remarks>Probes come over plain HTTP from inside, and only user-facing addresses redirect (ASVS 4.1.2).</remarks>
    /// <param name="app">The application.</param>
    public static void UseHttpsOnly(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
            app.UseWhen(IsForPeople, branch => branch.Use(ExplainInsteadOfALoop).UseHttpsRedirection());
        }
    }

    private static bool IsForPeople(HttpContext context) => !Probes.IsProbe(context.Request.Path);

    /// <summary>A visitor who came over HTTPS through a proxy that is not trusted would be redirected to where they already are.</summary>
    private static Task ExplainInsteadOfALoop(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<UntrustedForwarding.Ignored>() is not { ClaimsHttps: true })
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync(Explanation);
    }
}
