using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Identity;
using Tests.Parts;

namespace Tests.Identity;

/// <summary>Failed attempts counted in memory.</summary>
public sealed class MemorySignInAttemptsTests : SignInAttemptsConformance, IAsyncDisposable
{
    private readonly WebApplication app;

    public MemorySignInAttemptsTests() => app = Site.Build(services: services => services.AddSingleton<TimeProvider>(Clock));

    protected override ISignInAttempts Attempts => app.Services.GetRequiredService<ISignInAttempts>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Failed attempts counted in Redis.</summary>
public sealed class RedisSignInAttemptsTests : SignInAttemptsConformance, IClassFixture<RedisServer>, IAsyncDisposable
{
    private readonly RedisServer redis;
    private readonly WebApplication app;

    public RedisSignInAttemptsTests(RedisServer redis)
    {
        this.redis = redis;
        app = Site.Build(
            settings: new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url },
            services: services => services.AddSingleton<TimeProvider>(Clock));
    }

    protected override ISignInAttempts Attempts => app.Services.GetRequiredService<ISignInAttempts>();

    [SkippableFact]
    public async Task Are_forgotten_by_themselves_after_the_window()
    {
        await CountAsync();

        Assert.All(await KeysAsync(), key => Assert.InRange(
            redis.Database.KeyTimeToLive(key) ?? TimeSpan.MaxValue, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3)));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<string[]> KeysAsync()
    {
        string[] keys = [.. (await redis.KeysAsync()).Where(key => key.Contains(":sign-in-attempts:", StringComparison.Ordinal))];
        Assert.NotEmpty(keys);
        return keys;
    }
}
