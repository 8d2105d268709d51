using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Uptime;
using ServiceDefaults.Uptime.ResponseTimes;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary>A past for a site that has none, of which every part is known.</summary>
internal static class SitePast
{
    /// <summary>Forty days and a bit, an outage of 12 minutes and one of three hours, and a day of requests.</summary>
    public static async Task FillAsync(RedisServer redis, string applicationName)
    {
        var clock = new ManualClock();
        await using var app = Site.Build(
            settings: new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url, ["Application:Name"] = applicationName },
            services: services => services.AddSingleton<TimeProvider>(clock));
        var records = app.Services.GetRequiredService<IUptimeRecords>();
        var times = app.Services.GetRequiredService<IResponseTimeRecords>();
        var now = clock.GetUtcNow();
        var today = new DateTimeOffset(now.Date, TimeSpan.Zero);
        await BeatAsync(today.AddDays(-40).AddHours(5), vouches: false);
        await BeatAsync(today.AddDays(-21).AddHours(9), vouches: true);
        await BeatAsync(today.AddDays(-21).AddHours(9).AddMinutes(12), vouches: false);
        await BeatAsync(today.AddDays(-6).AddHours(2), vouches: true);
        await BeatAsync(today.AddDays(-6).AddHours(5), vouches: false);
        await BeatAsync(now, vouches: true);

        var random = new Random(7);
        for (var slot = 0; slot < 96; slot++)
        {
            var at = now.AddMinutes(-15 * slot);
            var load = slot is > 30 and < 34 ? 0 : 60 + (int)(50 * Math.Sin(slot / 15d));
            var counts = new long[ResponseTimeScale.Classes];
            for (var i = 0; i < load; i++)
            {
                var slow = random.Next(40) == 0 ? 12 : 1;
                counts[ResponseTimeScale.ClassOf(TimeSpan.FromMilliseconds(slow * (2 + (3 * random.NextDouble()) + (slot is > 60 and < 70 ? 15 : 0))))]++;
            }

            await times.AddAsync(at, counts, default);
        }

        async Task BeatAsync(DateTimeOffset time, bool vouches)
        {
            var previous = clock.GetUtcNow();
            clock.Advance(time - previous);
            var last = (await records.ReadAsync(default)).LastBeat;
            await records.BeatAsync(new Beat("webapp-1", "1.0.0", today, vouches ? last : null), default);
        }
    }
}
