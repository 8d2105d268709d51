using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Uptime;
using ServiceDefaults.Uptime.ResponseTimes;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary>Response times: how they are measured, counted and kept.</summary>
public sealed class ResponseTimeTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Theory]
    [InlineData(.5)]
    [InlineData(.95)]
    [InlineData(.99)]
    public void A_percentile_is_off_by_at_most_a_tenth(double share)
    {
        var random = new Random(1);
        var times = Enumerable.Range(0, 10_000).Select(_ => Math.Exp((random.NextDouble() * 9) - 1)).Order().ToArray(); // 0.4 ms to 3 s
        var counter = new ResponseTimeCounter();
        Array.ForEach(times, time => counter.Count(TimeSpan.FromMilliseconds(time)));

        var found = ResponseTimeScale.Percentile(counter.Take(), share)!.Value.TotalMilliseconds;

        var real = times[(int)(share * times.Length) - 1];
        Assert.InRange(found / real, 1 / 1.092, 1.092);
    }

    [Fact]
    public void Times_beyond_the_scale_count_at_its_ends()
    {
        Assert.Equal(0, ResponseTimeScale.ClassOf(TimeSpan.Zero));
        Assert.Equal(ResponseTimeScale.Classes - 1, ResponseTimeScale.ClassOf(TimeSpan.FromHours(1)));
        Assert.Null(ResponseTimeScale.Percentile(new long[ResponseTimeScale.Classes], .5));
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var counter = new ResponseTimeCounter();
        counter.Count(TimeSpan.FromMilliseconds(1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            counter.Count(TimeSpan.FromMilliseconds(i));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task What_an_endpoint_answers_is_timed_and_probes_and_unknown_addresses_are_not()
    {
        var clock = new ManualClock();
        await using var site = await Site.StartAsync(
            app =>
            {
                app.MapGet("/quick", () => "done");
                app.MapGet("/slow", () =>
                {
                    clock.Advance(TimeSpan.FromMilliseconds(100));
                    return "done";
                });
                app.MapGet("/broken", string () => throw new InvalidOperationException("broken"));
            },
            services: services => services.AddSingleton<TimeProvider>(clock));
        using var browser = site.Visitor();
        foreach (var path in new[] { "/quick", "/slow", "/broken", "/alive", "/ready", "/health", "/uptime", "/nowhere" })
        {
            await browser.GetAsync(path);
        }

        await site.Services.GetRequiredService<Heartbeat>().BeatAsync(default);
        var day = ResponseTimeSlot.Sum(await site.Services.GetRequiredService<SiteStatus>().ResponseTimesAsync());

        Assert.Equal(3, day.Total);
        Assert.InRange(day.Percentile(1)!.Value.TotalMilliseconds, 91, 110); // the scale is off by a tenth at most
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_replicas_add_up_by_quarters_of_an_hour_and_a_day_later_it_is_forgotten(bool inRedis)
    {
        await using var app = Build(inRedis);
        var records = app.Services.GetRequiredService<IResponseTimeRecords>();
        var evening = new DateTimeOffset(2026, 3, 1, 23, 50, 0, TimeSpan.Zero);
        await records.AddAsync(evening, Counts((10, 3), (79, 1)), default);
        await records.AddAsync(evening.AddMinutes(5), Counts((10, 4)), default); // another replica
        await records.AddAsync(evening.AddMinutes(10), Counts((0, 1)), default); // midnight

        var slots = await records.ReadAsync(evening.AddMinutes(15), default);

        Assert.Equal(96, slots.Count);
        Assert.Equal([7, 1], new[] { slots[^2].Counts[10], slots[^2].Counts[79] });
        Assert.Equal(evening.AddMinutes(-5), slots[^2].Begin);
        Assert.Equal(1, slots[^1].Total);
        Assert.Equal(9, slots.Sum(slot => slot.Total));
        Assert.Equal(1, (await records.ReadAsync(evening.AddHours(24), default)).Sum(slot => slot.Total));
        Assert.Equal(0, (await records.ReadAsync(evening.AddHours(25), default)).Sum(slot => slot.Total));
    }

    [SkippableFact]
    public async Task In_Redis_a_day_needs_at_most_sixty_kilobytes_and_goes_by_itself()
    {
        await using var app = Build(inRedis: true);
        var records = app.Services.GetRequiredService<IResponseTimeRecords>();
        var day = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
        for (var slot = 0; slot < 96; slot++)
        {
            await records.AddAsync(day.AddMinutes(15 * slot), [.. Enumerable.Repeat(1_000_000L, 80)], default);
        }

        var bytes = long.Parse(await redis.RunAsync("MEMORY", "USAGE", "shop:response-times:2026-04-01"), CultureInfo.InvariantCulture);

        Assert.InRange(bytes, 30_720, 60_000); // Redis reserves up to twice of what a string needs that grows
        Assert.InRange(redis.Database.KeyTimeToLive("shop:response-times:2026-04-01") ?? default, TimeSpan.FromHours(47), TimeSpan.FromHours(48));
    }

    [SkippableFact]
    public async Task What_cannot_be_put_on_record_in_an_outage_is_put_there_afterwards()
    {
        var server = new RedisServer();
        await server.InitializeAsync();
        await using var site = await Site.StartAsync(app => app.MapGet("/quick", () => "done"), new Dictionary<string, string?> { ["REDIS_URL"] = server.Url, ["Session:IOTimeout"] = Site.ShortStoreTimeout });
        using var browser = site.Visitor();
        var heartbeat = site.Services.GetRequiredService<Heartbeat>();
        server.Stop();
        await browser.GetAsync("/quick");
        await Eventually.TrueAsync(async () => !await heartbeat.BeatAsync(default), "no beat is on record");
        await server.StartAsync();
        await Eventually.TrueAsync(() => heartbeat.BeatAsync(default), "a beat is on record");

        Assert.Equal(1, ResponseTimeSlot.Sum(await site.Services.GetRequiredService<SiteStatus>().ResponseTimesAsync()).Total);
        await server.DisposeAsync();
    }

    private static long[] Counts(params (int Class, long Count)[] counts)
    {
        var all = new long[ResponseTimeScale.Classes];
        foreach (var (index, count) in counts)
        {
            all[index] = count;
        }

        return all;
    }

    private WebApplication Build(bool inRedis)
    {
        return Site.Build(settings: inRedis ? new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url } : null);
    }
}
