using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary>Traces, metrics and logs, as a real OTLP receiver gets them.</summary>
public sealed class TelemetryTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static readonly Action<ILogger, Exception?> GreetingIsDue = LoggerMessage.Define(LogLevel.Warning, default, "A greeting is due");

    [Fact]
    public async Task Requests_are_traced_measured_and_logged_and_probes_are_not()
    {
        await using var receiver = await Receiver.StartAsync();
        await using (var site = await Site.StartAsync(
            app => app.MapGet("/hello/{name}", (string name, ILoggerFactory logs) =>
            {
                GreetingIsDue(logs.CreateLogger("Greeter"), null);
                return name;
            }),
            new Dictionary<string, string?>
            {
                ["Session:Store"] = "Memory",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_SERVICE_NAME"] = "shop-web",
            }))
        {
            using var browser = site.Visitor();
            await browser.GetAsync("/hello/canary-name");
            await browser.GetAsync("/alive");
            await site.StopAsync();
        }

        Assert.Contains("/hello/{name}", receiver.Received("/v1/traces"), StringComparison.Ordinal);
        Assert.DoesNotContain("/alive", receiver.Received("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", receiver.Received("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("A greeting is due", receiver.Received("/v1/logs"), StringComparison.Ordinal);
        Assert.Contains("shop-web", receiver.Received("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains("deployment.environment.name", receiver.Received("/v1/traces"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task No_secret_password_or_session_token_is_in_any_signal_or_log_line()
    {
        RedisServer.Require();
        await using var receiver = await Receiver.StartAsync();
        string token;
        Log log;
        await using (var site = await Site.StartAsync(
            app =>
            {
                app.MapGet("/begin", (HttpContext context, CancellationToken _) => context.Session.SetString("a", "1"));
                app.MapGet("/fail", (HttpContext context, CancellationToken _) =>
                {
                    context.Session.SetString("a", "2");
                    redis.Stop();
                });
            },
            new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url, ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" }))
        {
            using var browser = site.Visitor();
            await browser.GetAsync("/begin");
            token = browser.SessionCookie;
            await browser.GetAsync("/fail");
            await browser.GetAsync("/ready");
            log = site.Log;
            await site.StopAsync();
        }

        var everything = log + receiver.Received("/v1/traces") + receiver.Received("/v1/metrics") + receiver.Received("/v1/logs");
        Assert.Contains("The session store (Redis) fails", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Site.Secret, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(RedisServer.Password, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(token, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_exported_and_everything_works()
    {
        await using var site = await Site.StartAsync(app => app.MapGet("/", () => "hello"));
        using var browser = site.Visitor();
        Assert.Equal("hello", await browser.GetStringAsync("/"));
    }

    /// <summary>An OTLP receiver over HTTP that keeps what it gets; protobuf keeps strings readable.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, byte[] Body)> received = new();
        private readonly WebApplication app;

        private Receiver()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapPost("/v1/{signal}", async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                received.Enqueue((request.Path, body.ToArray()));
            });
        }

        public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

        public static async Task<Receiver> StartAsync()
        {
            var receiver = new Receiver();
            await receiver.app.StartAsync();
            return receiver;
        }

        public string Received(string path) =>
            string.Concat(received.Where(post => post.Path == path).Select(post => Encoding.UTF8.GetString(post.Body)));

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}
