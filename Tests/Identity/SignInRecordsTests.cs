using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Identity;
using Tests.Parts;

namespace Tests.Identity;

/// <summary>Sign-ins recorded in memory.</summary>
public sealed class MemorySignInRecordsTests : SignInRecordsConformance, IAsyncDisposable
{
    private readonly WebApplication app;

    public MemorySignInRecordsTests() => app = Site.Build(services: services => services.AddSingleton<TimeProvider>(Clock));

    protected override ISignInRecords Records => app.Services.GetRequiredService<ISignInRecords>();

    [Fact]
    public async Task Are_gone_when_no_session_can_be_alive()
    {
        await AddAsync("one");
        Clock.Advance(TimeSpan.FromDays(30));

        Assert.Empty(await ListAsync());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Sign-ins recorded in whatever the application has registered as its distributed cache.</summary>
public sealed class DistributedCacheSignInRecordsTests : SignInRecordsConformance, IAsyncDisposable
{
    private readonly WebApplication app = Site.Build(
        settings: new Dictionary<string, string?> { ["Session:Store"] = "DistributedCache" },
        services: services => services.AddDistributedMemoryCache());

    protected override ISignInRecords Records => app.Services.GetRequiredService<ISignInRecords>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Sign-ins recorded in Redis.</summary>
public sealed class RedisSignInRecordsTests : SignInRecordsConformance, IClassFixture<RedisServer>, IAsyncDisposable
{
    private readonly RedisServer redis;
    private readonly WebApplication app;

    public RedisSignInRecordsTests(RedisServer redis)
    {
        this.redis = redis;
        app = Site.Build(settings: new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url });
    }

    protected override ISignInRecords Records => app.Services.GetRequiredService<ISignInRecords>();

    [SkippableFact]
    public async Task Are_gone_by_themselves_when_no_session_can_be_alive()
    {
        await AddAsync("one");

        foreach (var key in await KeysAsync())
        {
            Assert.InRange(await redis.Database.KeyTimeToLiveAsync(key) ?? TimeSpan.MaxValue, TimeSpan.FromDays(29), TimeSpan.FromDays(30));
        }
    }

    [SkippableFact]
    public async Task No_key_tells_a_users_id()
    {
        await Records.AddAsync("ann@example.com", Of("one"), default);

        Assert.All(await KeysAsync(), key => Assert.DoesNotContain("ann", key, StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<string[]> KeysAsync()
    {
        string[] keys = [.. (await redis.KeysAsync()).Where(key => key.Contains(":sign-ins:", StringComparison.Ordinal))];
        Assert.NotEmpty(keys);
        return keys;
    }
}
