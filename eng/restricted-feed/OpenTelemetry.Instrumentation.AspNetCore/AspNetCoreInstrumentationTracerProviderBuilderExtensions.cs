using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace OpenTelemetry.Trace;

/// <summary>Adds the instrumentation of incoming requests to traces.</summary>
public static class AspNetCoreInstrumentationTracerProviderBuilderExtensions
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
}
