using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Health;

/// <summary>Maps <c>/alive</c>, <c>/ready</c> and <c>/health</c>.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var readiness = services.GetRequiredService<Readiness>();
        routes.MapProbe(Probes.Alive, context => SayAsync(context, HealthStatus.Healthy)).ShortCircuit();
        routes.MapProbe(Probes.Ready, async context => await SayAsync(context, await readiness.IsReadyAsync() ? HealthStatus.Healthy : HealthStatus.Unhealthy)).ShortCircuit();

        // Not short-circuited: who asks may be an operator. Probes carry no cookie, and so cost the session store nothing.
        IHealthDetail[] details = [.. services.GetServices<IHealthDetail>()];
        routes.MapProbe(Probes.Health, async context =>
        {
            var report = await readiness.ReportAsync();
            if (await HealthDetail.MayBeSeenAsync(context))
            {
                Prepare(context, report.Status);
                await HealthDetail.WriteAsync(context, report, details);
            }
            else
            {
                await SayAsync(context, report.Status);
            }
        }).DisableRateLimiting();
    }

    /// <summary>For GET, and for HEAD, which many pingers send.</summary>
    public static IEndpointConventionBuilder MapProbe(this IEndpointRouteBuilder routes, string path, RequestDelegate answer) =>
        routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], answer).AllowAnonymous().DisableHttpMetrics();

    private static Task SayAsync(HttpContext context, HealthStatus status)
    {
        Prepare(context, status);
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(status.ToString());
    }

    private static void Prepare(HttpContext context, HealthStatus status)
    {
        context.Response.StatusCode = status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.Headers.CacheControl = "no-store";
    }
}
