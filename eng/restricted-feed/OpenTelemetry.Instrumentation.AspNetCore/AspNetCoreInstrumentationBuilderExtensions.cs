using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Trace;

/// <summary>Adds the instrumentation of incoming requests.</summary>
public static class AspNetCoreInstrumentationBuilderExtensions
{
    /// <summary>Traces incoming requests, with attributes named by the HTTP semantic conventions.</summary>
    public static TracerProviderBuilder AddAspNetCoreInstrumentation(
        this TracerProviderBuilder builder, Action<AspNetCoreTraceInstrumentationOptions>? configure = null)
    {
        builder.ConfigureServices(services => services.Configure(configure ?? (_ => { })));
        return builder
            .AddSource(RequestListener.SourceName)
            .AddInstrumentation(services => new RequestListener(
                services.GetRequiredService<IOptions<AspNetCoreTraceInstrumentationOptions>>().Value));
    }

    /// <summary>Collects the metrics that ASP.NET Core itself records.</summary>
    public static MeterProviderBuilder AddAspNetCoreInstrumentation(this MeterProviderBuilder builder) => builder
        .AddMeter("Microsoft.AspNetCore.Hosting")
        .AddMeter("Microsoft.AspNetCore.Server.Kestrel")
        .AddMeter("Microsoft.AspNetCore.Http.Connections")
        .AddMeter("Microsoft.AspNetCore.Routing")
        .AddMeter("Microsoft.AspNetCore.Diagnostics")
        .AddMeter("Microsoft.AspNetCore.RateLimiting");
}
