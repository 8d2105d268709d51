using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Monitoring;
using ServiceDefaults.Production;

namespace ServiceDefaults;

/// <summary>Registers health, uptime and telemetry.</summary>
public static class MonitoringRegistration
{
    /// <summary>Adds the health checks and OpenTelemetry.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddMonitoring(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHealthChecks()
            .AddCheck<StoreHealthCheck>("session-store", tags: [StoreHealthCheck.Tag], timeout: TimeSpan.FromSeconds(1))
            .AddCheck<StoppingHealthCheck>("stopping", tags: [StoreHealthCheck.Tag]);
        builder.Services.AddSingleton<StoreHealthCheck>();
        builder.Services.AddSingleton<StoppingHealthCheck>();
        builder.Services.AddSingleton<UptimeReport>();
        builder.Services.AddHostedService<Drain>();
        builder.Services.AddOptions<MonitoringOptions>().Configure(options =>
            options.DrainDelay = builder.Environment.IsDevelopment() ? TimeSpan.Zero : options.DrainDelay);
        builder.Services.AddCheckedOptions<MonitoringOptions>("Monitoring");
        builder.AddTelemetry();
    }

    /// <summary>Maps the probes, in every environment: <c>/alive</c>, <c>/ready</c>, <c>/health</c> and <c>/uptime</c>.</summary>
    /// <remarks>They go no further than routing: no redirect, no rate limit, no session, nothing logged or traced.</remarks>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        Map(app, Probes.Alive, new HealthCheckOptions { Predicate = _ => false });
        Map(app, Probes.Ready, new HealthCheckOptions { Predicate = check => check.Tags.Contains(StoreHealthCheck.Tag) });
        Map(app, Probes.Health, app.Environment.IsDevelopment()
            ? new HealthCheckOptions { ResponseWriter = HealthDetail.WriteAsync }
            : new HealthCheckOptions());

        var uptime = app.Services.GetRequiredService<UptimeReport>(); // now, and not with the first request: it counts from here
        app.MapGet(Probes.Uptime, (HttpResponse response) =>
        {
            response.Headers.CacheControl = "public, max-age=5";
            return TypedResults.Ok(uptime.Now());
        }).AsProbe();
        return app;
    }

    private static void Map(WebApplication app, string path, HealthCheckOptions options) =>
        app.MapHealthChecks(path, options).AsProbe();

    private static void AsProbe(this IEndpointConventionBuilder endpoint) =>
        endpoint.AllowAnonymous().ShortCircuit().DisableHttpMetrics();
}
