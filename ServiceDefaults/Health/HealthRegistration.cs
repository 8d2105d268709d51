using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Foundation;
using ServiceDefaults.Health;

namespace ServiceDefaults;

/// <summary>Registers health: whether this process is alive, and may be sent requests.</summary>
public static class HealthRegistration
{
    /// <summary>The most that a check may take that names no time of its own.</summary>
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the health checks, and the pause between the wish to stop and the end.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddHealth(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<HealthOptions>().Configure(options =>
            options.DrainDelay = builder.Environment.IsDevelopment() ? TimeSpan.Zero : options.DrainDelay);
        services.AddCheckedOptions<HealthOptions>("Monitoring");
        services.AddChecklistItems(HealthItems.All);

        services.AddHealthChecks().AddCheck<StoreHealthCheck>("session-store", tags: [Readiness.Tag], timeout: TimeSpan.FromSeconds(1));
        services.PostConfigure<HealthCheckServiceOptions>(options =>
        {
            foreach (var check in options.Registrations.Where(check => check.Timeout == Timeout.InfiniteTimeSpan))
            {
                check.Timeout = CheckTimeout;
            }
        });
        services.AddSingleton<StoreHealthCheck>();
        services.AddSingleton<Readiness>();
        services.AddHostedService<Drain>();

        // Would log every failed check at every asking; Readiness tells what changes.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
    }

    /// <summary>Sends away who keeps a connection to a process that has been asked to stop.</summary>
    /// <param name="app">The application.</param>
    public static void UseDrain(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<DrainMiddleware>();
    }
}
