using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Foundation;
using ServiceDefaults.Health;

namespace ServiceDefaults.Uptime;

/// <summary>Maps <c>/uptime</c>.</summary>
internal static class UptimeEndpoint
{
    private static readonly string CacheControl = $"public, max-age={UptimeReport.KeptFor.TotalSeconds}";

    public static void MapUptime(this IEndpointRouteBuilder routes)
    {
        var uptime = routes.ServiceProvider.GetRequiredService<UptimeReport>(); // now, and not with the first request: it counts from here
        routes.MapProbe(Probes.Uptime, async context =>
        {
            var report = await uptime.NowAsync();
            context.Response.StatusCode = report.Status == "up" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.CacheControl = CacheControl;
            await context.Response.WriteAsJsonAsync(report);
        }).ShortCircuit();
    }
}
