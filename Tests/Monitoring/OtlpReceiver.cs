using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary>An OTLP receiver, over HTTP or gRPC, that keeps what it gets; protobuf keeps strings readable.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> received = new();
    private readonly WebApplication app;
    private readonly string protocol;

    private OtlpReceiver(string protocol)
    {
        this.protocol = protocol;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint =>
            endpoint.Protocols = protocol == "grpc" ? HttpProtocols.Http2 : HttpProtocols.Http1));
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/v1/{signal}", (HttpRequest request, string signal) => KeepAsync(request, signal));
        app.MapPost("/opentelemetry.proto.collector.{signal}.v1.{service}/Export", async (HttpContext context, string signal) =>
        {
            await KeepAsync(context.Request, signal);
            context.Response.ContentType = "application/grpc";
            context.Response.DeclareTrailer("grpc-status");
            await context.Response.Body.WriteAsync(new byte[5]); // an empty message, not compressed
            context.Response.AppendTrailer("grpc-status", "0");
        });
    }

    /// <summary>The settings that send everything here.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Session:Store"] = "Memory",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
    };

    public string Traces => Received("trace", "traces");

    public string Metrics => Received("metrics");

    public string Logs => Received("logs");

    public string Everything => Traces + Metrics + Logs;

    public static async Task<OtlpReceiver> StartAsync(string protocol = "http/protobuf")
    {
        var receiver = new OtlpReceiver(protocol);
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Stops a site that has sent everything: the stop itself gives each signal five seconds, which a busy machine may need.</summary>
    public static async Task StopAsync(Site site)
    {
        var patience = (int)Eventually.Patience.TotalMilliseconds;
        await Task.Run(() => site.Services.GetRequiredService<TracerProvider>().ForceFlush(patience));
        await Task.Run(() => site.Services.GetRequiredService<MeterProvider>().ForceFlush(patience));
        await Task.Run(() => site.Services.GetRequiredService<LoggerProvider>().ForceFlush(patience));
        await site.StopAsync();
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task KeepAsync(HttpRequest request, string signal)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        received.Enqueue((signal, body.ToArray()));
    }

    private string Received(params string[] names) =>
        string.Concat(received.Where(post => names.Contains(post.Signal)).Select(post => Encoding.UTF8.GetString(post.Body)));
}
