using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Caching;
using ServiceDefaults.Identity;
using StackExchange.Redis;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary>Traces, metrics and logs, as a real OTLP receiver gets them.</summary>
public sealed class TelemetryTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static readonly Action<ILogger, Exception?> GreetingIsDue = LoggerMessage.Define(LogLevel.Warning, default, "A greeting is due");

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task Requests_are_traced_measured_and_logged_and_probes_are_not(string protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync(protocol);
        await using (var site = await Site.StartAsync(
            app => app.MapGet("/hello/{name}", (string name, ILoggerFactory logs) =>
            {
                GreetingIsDue(logs.CreateLogger("Greeter"), null);
                return name;
            }),
            With(receiver.Settings, ("OTEL_SERVICE_NAME", "shop-web"))))
        {
            using var browser = site.Visitor();
            await browser.GetAsync("/hello/canary-name");
            await browser.GetAsync("/alive");
            await OtlpReceiver.StopAsync(site);
        }

        Assert.Contains("/hello/{name}", receiver.Traces, StringComparison.Ordinal);
        Assert.DoesNotContain("/alive", receiver.Traces, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", receiver.Metrics, StringComparison.Ordinal);
        Assert.Contains("A greeting is due", receiver.Logs, StringComparison.Ordinal);
        Assert.All([receiver.Traces, receiver.Metrics, receiver.Logs], signal =>
        {
            Assert.Contains("shop-web", signal, StringComparison.Ordinal);
            Assert.Contains("service.version", signal, StringComparison.Ordinal);
            Assert.Contains($"{Environment.MachineName}-{Environment.ProcessId}", signal, StringComparison.Ordinal);
            Assert.Contains("deployment.environment.name", signal, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Sessions_sign_ins_limits_and_the_cache_have_instruments_with_units_and_descriptions()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var site = await Site.StartAsync(
            app =>
            {
                app.MapGet("/set/{value}", (HttpContext context, string value) => context.Session.SetString("a", value));
                app.MapGet("/end-elsewhere", async (HttpContext context, ServiceDefaults.Sessions.ISessionStorage storage) =>
                {
                    await storage.EndAsync(context.Session.Id, default);
                    context.Session.SetString("a", "3");
                });
            },
            With(receiver.Settings, ("Limits:Rate:Requests", "6")),
            services: services => services.AddSingleton<TimeProvider>(new ManualClock()))) // on a slow machine the rate would allow more
        {
            using var browser = site.Visitor();
            await browser.GetAsync("/set/1");
            await browser.GetAsync("/set/2");
            await browser.GetAsync("/end-elsewhere"); // a conflict
            await browser.GetAsync("/set/4"); // the cookie has expired
            browser.SessionCookie = new string('A', 86);
            await browser.GetAsync("/set/5"); // forged
            browser.SessionCookie = "A";
            await browser.GetAsync("/set/6"); // malformed
            await browser.GetAsync("/set/7"); // one too many
            var events = site.Services.GetRequiredService<SecurityEvents>();
            events.SignedIn("1", "2");
            events.SignInFailed("1");
            events.SignInRefused("name");
            site.Services.GetRequiredService<CacheMeter>().Asked("hit");
            await OtlpReceiver.StopAsync(site);
        }

        Assert.All(
            new[]
            {
                "session.created", "session.loaded", "session.saved", "session.conflicts", "session.store.operation.duration", "session.cookies.refused",
                "forged", "malformed", "expired", "sign_in.attempts", "succeeded", "failed", "refused", "limit.hits", "rate", "cache.requests", "hit",
                "{session}", "{conflict}", "{cookie}", "{attempt}", "{hit}", "{request}", "How long the session store takes.",
            },
            name => Assert.Contains(name, receiver.Metrics, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_traces_that_are_not_sent_those_spans_are_that_end_in_an_error()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var site = await Site.StartAsync(
            app =>
            {
                app.MapGet("/fine", () => "fine");
                app.MapGet("/broken", string () => throw new InvalidOperationException("broken"));
            },
            With(receiver.Settings, ("Monitoring:TraceRatio", "0"))))
        {
            using var browser = site.Visitor();
            await browser.GetAsync("/fine");
            await browser.GetAsync("/broken");
            await OtlpReceiver.StopAsync(site);
        }

        Assert.Contains("/broken", receiver.Traces, StringComparison.Ordinal);
        Assert.DoesNotContain("/fine", receiver.Traces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receiver_that_goes_away_costs_neither_requests_nor_the_stop()
    {
        var receiver = await OtlpReceiver.StartAsync();
        await using var site = await Site.StartAsync(app => app.MapGet("/fine", () => "fine"), receiver.Settings);
        using var browser = site.Visitor();
        await receiver.DisposeAsync();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("fine", await browser.GetStringAsync("/fine"));
        }

        await site.StopAsync().WaitAsync(Eventually.Patience);
    }

    [SkippableFact]
    public async Task Nothing_secret_or_personal_is_in_any_signal_and_no_secret_in_a_log_line()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        string token;
        Log log;
        await using (var site = await Site.StartAsync(
            app =>
            {
                app.MapGet("/begin", (HttpContext context, CancellationToken _) => context.Session.SetString("canary-key", "canary-value"));
                app.MapPost("/people/{name}", (string name, HttpContext context) => name);
                app.MapGet("/fail", (HttpContext context, CancellationToken _) =>
                {
                    context.Session.SetString("canary-key", "canary-other");
                    redis.Stop();
                });
            },
            With(receiver.Settings, ("REDIS_URL", redis.Url), ("Session:Store", "Redis"), ("Session:IOTimeout", Site.ShortStoreTimeout))))
        {
            using var browser = site.Visitor();
            browser.DefaultRequestHeaders.Add("User-Agent", "canary-agent");
            browser.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.77");
            browser.DefaultRequestHeaders.Add("Referer", "https://canary-referer.example/");
            browser.DefaultRequestHeaders.Add("Authorization", "Bearer canary-bearer");
            await browser.GetAsync("/begin");
            token = browser.SessionCookie;
            using var form = new FormUrlEncodedContent([new("password", "canary-password")]);
            await browser.PostAsync("/people/canary-path?mail=canary-query", form);
            await browser.GetAsync("/canary-unknown");
            await browser.GetAsync("/fail");
            await browser.GetAsync("/ready");
            log = site.Log;
            await OtlpReceiver.StopAsync(site);
        }

        var everything = log + receiver.Everything;
        Assert.Contains($"The session store ({redis.Product}) fails", everything, StringComparison.Ordinal);
        Assert.Contains("session.store.outages", everything, StringComparison.Ordinal);
        Assert.Contains("/people/{name}", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Site.Secret, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(RedisServer.Password, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(token, everything, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", receiver.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("198.51.100.77", receiver.Everything, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_read_session_is_a_Redis_span_in_the_requests_trace()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var cookies = await BeginSessionAsync();
        await using (var site = await StartAsync(receiver))
        {
            using var browser = With(cookies, site.Visitor());
            Assert.Equal("canary-value", await browser.GetStringAsync("/read"));
        }

        var request = receiver.Spans.Single(span => span.Name == "GET /read");
        var command = receiver.Spans.Single(span => span.ParentId == request.Id);
        Assert.True(command.IsRedisCommand);
        Assert.Equal(request.TraceId, command.TraceId);
    }

    [SkippableFact]
    public async Task Redis_spans_have_the_commands_name_and_no_key_or_value()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var cookies = await BeginSessionAsync();
        var keys = await redis.SessionKeysAsync();
        await using (var site = await StartAsync(receiver))
        {
            using var browser = With(cookies, site.Visitor());
            await browser.GetAsync("/read");
            await browser.GetAsync("/begin");
            await browser.GetAsync("/plain-command");
        }

        var commands = receiver.Spans.Where(span => span.IsRedisCommand).ToArray();
        Assert.Contains(commands, command => command.Name == "GET");
        Assert.All(commands, command => Assert.Equal(command.Name, command.Attributes["db.statement"]));
        Assert.DoesNotContain("canary", receiver.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("redis.call", receiver.Everything, StringComparison.Ordinal);
        Assert.All(cookies, cookie => Assert.DoesNotContain(cookie.Value, receiver.Everything, StringComparison.Ordinal));
        Assert.All(keys, key => Assert.DoesNotContain(key.Split(':')[^1], receiver.Everything, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Probes_and_background_work_leave_no_Redis_spans()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (var site = await StartAsync(receiver)) // with the first heartbeat
        {
            using var prober = site.Visitor();
            await prober.GetAsync("/ready");
            await prober.GetAsync("/health");
            await prober.GetAsync("/uptime");
            await site.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().StringGetAsync("of-a-background-job");
            await prober.GetAsync("/plain-command");
        }

        // By name: the clients of tests that run beside this one leave spans of the same process.
        var request = receiver.Spans.Single(span => span.Name == "GET /plain-command");
        Assert.DoesNotContain(receiver.Spans, span => span.Name is "GET /ready" or "GET /health" or "GET /uptime");
        Assert.Equal(request.Id, receiver.Spans.Single(span => span.IsRedisCommand).ParentId);
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_exported_and_everything_works()
    {
        await using var site = await Site.StartAsync(app => app.MapGet("/", () => "hello"));
        using var browser = site.Visitor();
        Assert.Equal("hello", await browser.GetStringAsync("/"));
    }

    /// <summary>A site that has read no session yet.</summary>
    private Task<Site> StartAsync(OtlpReceiver receiver) => Site.StartAsync(
        app =>
        {
            app.MapGet("/begin", (HttpContext context, CancellationToken _) => context.Session.SetString("canary-key", "canary-value"));
            app.MapGet("/read", (HttpContext context) => context.Session.GetString("canary-key"));
            app.MapGet("/plain-command", async (IConnectionMultiplexer connection) => (string?)await connection.GetDatabase().StringGetAsync("canary-name"));
        },
        With(receiver.Settings, ("REDIS_URL", redis.Url), ("Session:Store", "Redis")));

    /// <summary>Begins a session on another site, without telemetry.</summary>
    /// <returns>The cookies of the browser.</returns>
    private async Task<IDictionary<string, string>> BeginSessionAsync()
    {
        await using var site = await Site.StartAsync(
            app => app.MapGet("/begin", (HttpContext context, CancellationToken _) => context.Session.SetString("canary-key", "canary-value")),
            new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url });
        using var browser = site.Visitor();
        await browser.GetAsync("/begin");
        return browser.Cookies;
    }

    private static Visitor With(IDictionary<string, string> cookies, Visitor browser)
    {
        foreach (var (name, value) in cookies)
        {
            browser.Cookies[name] = value;
        }

        return browser;
    }

    private static Dictionary<string, string?> With(Dictionary<string, string?> settings, params (string Key, string Value)[] more)
    {
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        return settings;
    }
}
