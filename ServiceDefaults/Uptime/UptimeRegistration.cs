using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Health;
using ServiceDefaults.Uptime;
using ServiceDefaults.Uptime.ResponseTimes;

namespace ServiceDefaults;

/// <summary>Registers the records of uptime and response times.</summary>
public static class UptimeRegistration
{
    /// <summary>Puts on record when this site was ready, and how long its responses took.</summary>
    /// <remarks>Records of your own are an <see cref="IUptimeRecords"/> and an <see cref="IResponseTimeRecords"/> that are registered before.</remarks>
    /// <param name="builder">The application's builder.</param>
    public static void AddUptime(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddChecklistItems(UptimeItems.All);
        services.AddSingleton<ResponseTimeCounter>();
        services.AddSingleton<UptimeReport>();
        services.AddSingleton<IHealthDetail, ReplicaDetail>();
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

    /// <summary>Times every response that an endpoint gives.</summary>
    /// <param name="app">The application.</param>
    public static void UseResponseTimes(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<ResponseTimeMiddleware>();
    }
}
