using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tests.Identity;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary>How soon an outage and its end are seen, how a process stops, and who is told what.</summary>
public sealed class ReadinessTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly RedisServer redis = new();

    public Task InitializeAsync() => redis.InitializeAsync();

    public Task DisposeAsync() => redis.DisposeAsync();

    [SkippableTheory]
    [InlineData("stopped")]
    [InlineData("frozen")]
    public async Task An_outage_is_seen_within_two_seconds_and_so_is_its_end(string how)
    {
        await using var site = await StartAsync();
        using var probe = new Visitor(site.Address);
        await WaitForAsync(probe, HttpStatusCode.OK);

        await (how == "stopped" ? Task.Run(redis.Stop) : Task.Run(redis.Freeze));
        var until = await WaitForAsync(probe, HttpStatusCode.ServiceUnavailable);
        await Task.Delay(TimeSpan.FromSeconds(3)); // long enough for a client that retries ever more slowly
        await (how == "stopped" ? redis.StartAsync() : Task.Run(redis.Thaw));
        var after = await WaitForAsync(probe, HttpStatusCode.OK);

        Assert.InRange(until, TimeSpan.Zero, Soon);
        Assert.InRange(after, TimeSpan.Zero, Soon);
    }

    [SkippableFact]
    public async Task Alive_answers_within_five_milliseconds_also_while_Redis_is_away()
    {
        await using var site = await StartAsync();
        using var probe = new Visitor(site.Address);
        await probe.GetAsync("/alive");
        var before = await redis.CommandsSentAsync();
        Assert.InRange(await MedianAsync(probe), 0, 5);
        Assert.Equal(before, await redis.CommandsSentAsync());

        redis.Stop();
        Assert.InRange(await MedianAsync(probe), 0, 5);
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
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/alive")).StatusCode);

        Assert.Equal(HttpStatusCode.BadRequest, (await inFlight).StatusCode); // an answer: the form has no antiforgery token
        Assert.Equal(0, await ending);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20));
    }

    [SkippableFact]
    public async Task Operators_see_every_check_and_replica_and_others_a_word()
    {
        await using (var before = await AccountSite.StartAsync(redis))
        {
            using var _ = await before.RegisterAsync("olga");
        }

        await using var site = await AccountSite.StartAsync(redis, AccountSite.Operator("olga"));
        using var ann = await site.RegisterAsync("ann");
        using var olga = site.Visitor();
        await olga.SignInAsync("olga");
        using var stranger = site.Visitor();

        Assert.Equal("Healthy", await stranger.GetStringAsync("/health"));
        Assert.Equal("Healthy", await ann.GetStringAsync("/health"));
        var detail = JsonDocument.Parse(await olga.GetStringAsync("/health")).RootElement;
        Assert.Contains("Redis", detail.GetProperty("checks").GetProperty("session-store").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal($"{Environment.MachineName}-{Environment.ProcessId}", detail.GetProperty("replicas")[0].GetProperty("instance").GetString());
    }

    [Fact]
    public async Task A_check_of_ones_own_with_the_tag_decides_too_and_may_not_hang()
    {
        await using var site = await Site.StartAsync(_ => { }, services: services => services.AddHealthChecks()
            .AddAsyncCheck("stuck", async cancelled =>
            {
                await Task.Delay(Timeout.Infinite, cancelled);
                return HealthCheckResult.Healthy();
            }, ["ready"]));
        using var probe = new Visitor(site.Address);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await probe.GetAsync("/ready")).StatusCode);
        Assert.Contains(site.Log.Entries, entry => entry.Message.StartsWith("This replica is not ready: stuck", StringComparison.Ordinal));
    }

    private static async Task<TimeSpan> WaitForAsync(Visitor probe, HttpStatusCode status)
    {
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(async () => (await probe.GetAsync("/ready")).StatusCode == status, $"/ready says {status}");
        return watch.Elapsed;
    }

    private static async Task<double> MedianAsync(Visitor probe)
    {
        var times = new List<double>();
        for (var i = 0; i < 51; i++)
        {
            var began = Stopwatch.GetTimestamp();
            Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/alive")).StatusCode);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return times.Order().ElementAt(25);
    }

    private Task<Site> StartAsync() => Site.StartAsync(_ => { }, new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url });

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
