using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Foundation;
using ServiceDefaults.Health;
using ServiceDefaults.Telemetry;
using ServiceDefaults.Uptime;
using ServiceDefaults.Uptime.ResponseTimes;

namespace ServiceDefaults;

/// <summary>Registers health, uptime and telemetry.</summary>
public static class MonitoringRegistration
{
    /// <summary>The most that a check may take that names no time of its own.</summary>
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the health checks, the uptime records, OpenTelemetry and the console log.</summary>
    /// <remarks>Records of your own are an <see cref="IUptimeRecords"/> and an <see cref="IResponseTimeRecords"/> that are registered before.</remarks>
    /// <param name="builder">The application's builder.</param>
    public static void AddMonitoring(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<MonitoringOptions>().Configure(options =>
            options.DrainDelay = builder.Environment.IsDevelopment() ? TimeSpan.Zero : options.DrainDelay);
        builder.Services.AddCheckedOptions<MonitoringOptions>("Monitoring");
        builder.Services.AddChecklistItems([.. MonitoringItems.All, .. UptimeItems.All]);
        builder.AddHealth();
        builder.Services.AddUptime();
        builder.AddTelemetry();
        builder.AddConsoleLog();
    }

    /// <summary>Times every response that an endpoint gives.</summary>
    /// <param name="app">The application.</param>
    public static void UseResponseTimes(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<ResponseTimeMiddleware>();
    }

    /// <summary>Sends away who keeps a connection to a process that has been asked to stop.</summary>
    /// <param name="app">The application.</param>
    public static void UseDrain(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<DrainMiddleware>();
    }

    /// <summary>Maps the probes, in every environment: <c>/alive</c>, <c>/ready</c>, <c>/health</c> and <c>/uptime</c>.</summary>
    /// <remarks>No redirect, no rate limit, nothing traced; all but <c>/health</c>, which knows operators, go no further than routing.</remarks>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapHealth();
        app.MapUptime();
        return app;
    }

    private static void AddHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck<StoreHealthCheck>("session-store", tags: [Readiness.Tag], timeout: TimeSpan.FromSeconds(1));
        builder.Services.PostConfigure<HealthCheckServiceOptions>(options =>
        {
            foreach (var check in options.Registrations.Where(check => check.Timeout == Timeout.InfiniteTimeSpan))
            {
                check.Timeout = CheckTimeout;
            }
        });
        builder.Services.AddSingleton<StoreHealthCheck>();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddHostedService<Drain>();

        // Would log every failed check at every asking; Readiness tells what changes.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
    }

    private static void AddUptime(this IServiceCollection services)
    {
        services.AddSingleton<ResponseTimeCounter>();
        services.AddSingleton<UptimeReport>();
        services.AddSingleton(provider => new SiteStatus(
            provider.GetRequiredService<UptimeReport>(), provider.GetRequiredService<IResponseTimeRecords>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Heartbeat>();
        services.AddHostedService(provider => provider.GetRequiredService<Heartbeat>());
        services.TryAddSingleton<IUptimeRecords>(provider => provider.HasRedis()
            ? ActivatorUtilities.CreateInstance<RedisUptimeRecords>(provider)
            : ActivatorUtilities.CreateInstance<MemoryUptimeRecords>(provider));
        services.TryAddSingleton<IResponseTimeRecords>(provider => provider.HasRedis()
            ? ActivatorUtilities.CreateInstance<RedisResponseTimeRecords>(provider)
            : new MemoryResponseTimeRecords());
    }
}
