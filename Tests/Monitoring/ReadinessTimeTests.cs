using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Tests.Parts;
using Xunit.Abstractions;

namespace Tests.Monitoring;

/// <summary>How soon an outage and its end are seen, and how a process stops, by a real clock.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class ReadinessTimeTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly RedisServer redis = new();

    public Task InitializeAsync() => redis.InitializeAsync();

    public Task DisposeAsync() => redis.DisposeAsync();

    /// <summary>Two seconds, beside what this machine takes for a few requests that wait for nothing, asked meanwhile.</summary>
    [SkippableTheory]
    [InlineData("stopped")]
    [InlineData("frozen")]
    public async Task An_outage_is_seen_within_two_seconds_and_so_is_its_end(string how)
    {
        await using var site = await StartAsync();
        using var probe = new Visitor(site.Address);
        await WaitForAsync(probe, HttpStatusCode.OK);
        await using var control = SlowestAnswer.Watch(site.Visitor(), "/alive");

        await (how == "stopped" ? Task.Run(redis.Stop) : Task.Run(redis.Freeze));
        var until = await WaitForAsync(probe, HttpStatusCode.ServiceUnavailable);
        await Task.Delay(TimeSpan.FromSeconds(3)); // long enough for a client that retries ever more slowly
        await (how == "stopped" ? redis.StartAsync() : Task.Run(redis.Thaw));
        var after = await WaitForAsync(probe, HttpStatusCode.OK);

        output.WriteLine($"seen after {until.TotalMilliseconds:F0} ms, its end after {after.TotalMilliseconds:F0} ms; the control took {control.Time.TotalMilliseconds:F0} ms at most");
        Assert.InRange(until, TimeSpan.Zero, Soon + (4 * control.Time));
        Assert.InRange(after, TimeSpan.Zero, Soon + (4 * control.Time));
    }

    [SkippableFact]
    public async Task Alive_takes_little_longer_than_a_bare_server_also_while_Redis_is_away()
    {
        await using var site = await StartAsync();
        await using var bare = await BareAsync();
        using var probe = new Visitor(site.Address);
        using var control = new Visitor(new Uri(bare.Urls.Single()));

        await MediansAsync(probe, control); // compiled by now
        var with = await MediansAsync(probe, control);
        redis.Stop();
        var without = await MediansAsync(probe, control);

        output.WriteLine($"with Redis {with.Alive:F2} ms, bare {with.Bare:F2} ms; without {without.Alive:F2} ms, bare {without.Bare:F2} ms");
        Assert.InRange(with.Alive, 0, 5 * with.Bare);
        Assert.InRange(without.Alive, 0, 5 * without.Bare);
    }

    [Fact]
    public async Task Asked_to_stop_a_process_is_not_ready_for_five_seconds_finishes_what_is_in_flight_and_ends_well()
    {
        await using var site = await SiteProcess.StartAsync(new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["AllowedHosts"] = "shop.example;127.0.0.1;localhost",
            ["SECRET"] = Site.Secret,
            ["Session__Store"] = "Memory",
        });
        using var probe = site.Visitor();
        using var browser = site.Visitor().OverHttps();
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/ready")).StatusCode);
        var inFlight = browser.PostAsync("/", new SlowForm(TimeSpan.FromSeconds(8))); // ends after the drain

        var watch = Stopwatch.StartNew();
        var ending = site.TerminateAsync();
        await Eventually.TrueAsync(async () => (await probe.GetAsync("/ready")).StatusCode == HttpStatusCode.ServiceUnavailable, "/ready says 503");
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/alive")).StatusCode);

        Assert.Equal(HttpStatusCode.BadRequest, (await inFlight).StatusCode); // an answer: the form has no antiforgery token
        Assert.Equal(0, await ending);
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(5), $"it ended after {watch.Elapsed}");
    }

    private static async Task<TimeSpan> WaitForAsync(Visitor probe, HttpStatusCode status)
    {
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(async () => (await probe.GetAsync("/ready")).StatusCode == status, $"/ready says {status}");
        return watch.Elapsed;
    }

    /// <summary>In turn, so that whatever else this machine does slows both.</summary>
    private static async Task<(double Alive, double Bare)> MediansAsync(Visitor probe, Visitor control)
    {
        var (alive, bare) = (new List<double>(), new List<double>());
        for (var i = 0; i < 101; i++)
        {
            alive.Add(await TimeAsync(probe));
            bare.Add(await TimeAsync(control));
        }

        return (alive.Order().ElementAt(50), bare.Order().ElementAt(50));
    }

    private static async Task<double> TimeAsync(Visitor visitor)
    {
        var began = Stopwatch.GetTimestamp();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/alive")).StatusCode);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task<WebApplication> BareAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/alive", () => "Healthy");
        await app.StartAsync();
        return app;
    }

    private Task<Site> StartAsync() => Site.StartAsync(_ => { }, new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url, ["Session:IOTimeout"] = "00:00:01" });

    /// <summary>A form whose last byte comes late: a request in flight, whatever the endpoint.</summary>
    private sealed class SlowForm : HttpContent
    {
        private readonly TimeSpan time;

        public SlowForm(TimeSpan time)
        {
            this.time = time;
            Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("name="u8.ToArray());
            for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
            {
                await stream.WriteAsync(new byte[512]); // Kestrel wants 240 bytes a second
                await stream.FlushAsync();
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
