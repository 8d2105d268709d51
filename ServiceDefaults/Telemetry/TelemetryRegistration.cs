using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ServiceDefaults.Foundation;
using ServiceDefaults.Telemetry;

namespace ServiceDefaults;

/// <summary>Registers telemetry and the console log.</summary>
public static class TelemetryRegistration
{
    /// <summary>Adds traces, metrics and logs by OpenTelemetry, sent over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddCheckedOptions<TelemetryOptions>("Monitoring");
        builder.Services.AddChecklistItems(TelemetryItems.All);
        builder.AddConsoleLog();
        if (!TelemetryReceiver.IsConfigured(builder.Configuration))
        {
            return;
        }

        BoundTheFlush(builder.Configuration);
        builder.Logging.AddOpenTelemetry(logging =>
        {
            // Without scopes: theirs has the path with whatever stands in it. The trace id is there without them.
            logging.IncludeFormattedMessage = true;
        });

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(builder.Environment.ApplicationName, serviceVersion: ApplicationIdentity.Version, serviceInstanceId: ApplicationIdentity.Instance)
                .AddAttributes([new("deployment.environment.name", builder.Environment.EnvironmentName.ToLowerInvariant())])
                .AddEnvironmentVariableDetector()) // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win
            .WithTracing(tracing => tracing
                .SetSampler(services => new KeepErrors.Sampler(services.GetRequiredService<IOptions<TelemetryOptions>>().Value.TraceRatio))
                .AddProcessor(new KeepErrors.Processor())
                .AddProcessor(new KeepPrivate())
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !Probes.IsProbe(context.Request.Path))
                .AddSource("System.Net.Http")) // .NET itself names and describes outgoing requests by the conventions
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddMeter("System.Net.Http", "System.Runtime", "ServiceDefaults.*"))
            .UseOtlpExporter();
    }

    /// <summary>
    /// A collector that is away must not hold up a stop: the signals are flushed one after another, each for ten seconds
    /// by default, and a container is killed after ten. First of all sources, so that every other wins.
    /// </summary>
    private static void BoundTheFlush(IConfigurationManager configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("OTEL_EXPORTER_OTLP_TIMEOUT", "2000")] });
}
