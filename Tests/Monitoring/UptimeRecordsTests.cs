using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Uptime;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary>The uptime in memory.</summary>
public sealed class MemoryUptimeRecordsTests : UptimeRecordsConformance, IAsyncDisposable
{
    private readonly WebApplication app;

    public MemoryUptimeRecordsTests() => app = Site.Build(services: services => services.AddSingleton<TimeProvider>(Clock));

    protected override IUptimeRecords Records => app.Services.GetRequiredService<IUptimeRecords>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>The uptime in Redis.</summary>
public sealed class RedisUptimeRecordsTests : UptimeRecordsConformance, IClassFixture<RedisServer>, IAsyncDisposable
{
    private readonly RedisServer redis;
    private readonly string name = "shop-" + Guid.NewGuid().ToString("N");
    private readonly WebApplication app;

    public RedisUptimeRecordsTests(RedisServer redis)
    {
        this.redis = redis;
        app = Build(Clock);
    }

    protected override IUptimeRecords Records
    {
        get
        {
            return app.Services.GetRequiredService<IUptimeRecords>();
        }
    }

    [SkippableFact]
    public async Task The_clock_is_that_of_Redis_when_nobody_brings_one()
    {
        await using var site = Build(null);
        var records = site.Services.GetRequiredService<IUptimeRecords>();

        var before = DateTimeOffset.UtcNow;

        var told = await records.BeatAsync(new Beat("a", "1.0.0", default(DateTimeOffset).AddYears(2000), null), default);

        Assert.InRange(told, before.AddMilliseconds(-1), DateTimeOffset.UtcNow); // this test and its Redis share a machine; Redis tells whole milliseconds
        Assert.Equal(told, (await records.ReadAsync(default)).LastBeat);
    }

    [SkippableFact]
    public async Task Ninety_days_and_ten_replicas_fit_into_four_kilobytes_and_never_need_more_than_forty_eight()
    {
        for (var day = 0; day < 90; day++)
        {
            await BeatAllAsync(); // an outage a day
            Clock.Advance(TimeSpan.FromDays(1));
        }

        await BeatAllAsync();
        Assert.Equal(90, (await Records.ReadAsync(default)).Past.Count);
        Assert.InRange(await BytesAsync(), 1000, 4096);

        for (var i = 0; i < UptimeRules.MaxOutages; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(31));
            await BeatAllAsync();
        }

        Assert.InRange(await BytesAsync(), 16 * UptimeRules.MaxOutages, 48 * 1024);
        Assert.InRange(redis.Database.KeyTimeToLive($"{name}:uptime") ?? default, TimeSpan.FromDays(90), TimeSpan.FromDays(91));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private WebApplication Build(TimeProvider? clock) => Site.Build(
        settings: new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url, ["Application:Name"] = name },
        services: services => services.AddSingleton(clock ?? TimeProvider.System));

    private async Task BeatAllAsync()
    {
        for (var i = 0; i < 10; i++)
        {
            await Records.BeatAsync(new Beat($"webapp-6c8f9d7b5-{i:D5}-1", "1.0.0", Clock.GetUtcNow(), null), default);
        }
    }

    private async Task<long> BytesAsync() => long.Parse(await redis.RunAsync("MEMORY", "USAGE", $"{name}:uptime", "SAMPLES", "0"), CultureInfo.InvariantCulture);
}
