using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServiceDefaults.Sessions;
using Tests.Parts;

namespace Tests.Sessions;

/// <summary>A store that the application brings.</summary>
public sealed class OwnStorageTests
{
    [Fact]
    public async Task Is_used_in_production_without_any_other_being_configured()
    {
        await using var app = Site.Build(settings: new Dictionary<string, string?>(), services: services => services.AddSingleton<ISessionStorage, MemorySessionStorage>());

        Assert.IsType<MemorySessionStorage>(app.Services.GetRequiredService<ISessionStorage>());
        Assert.Null(Record.Exception(() => app.Services.GetRequiredService<IStartupValidator>().Validate()));
    }
}

/// <summary>Sessions in memory.</summary>
public sealed class MemoryStorageTests : StorageConformance, IAsyncDisposable
{
    private readonly WebApplication app;

    public MemoryStorageTests() => app = Site.Build(services: services => services.AddSingleton<TimeProvider>(Clock));

    protected override ISessionStorage Storage => app.Services.GetRequiredService<ISessionStorage>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Sessions in whatever the application has registered as its distributed cache.</summary>
public sealed class DistributedCacheStorageTests : StorageConformance, IAsyncDisposable
{
    private readonly WebApplication app;

    public DistributedCacheStorageTests() => app = Site.Build(
        settings: new Dictionary<string, string?> { ["Session:Store"] = "DistributedCache", ["Session:IOTimeout"] = "00:00:10" },
        services: services => services.AddDistributedMemoryCache().AddSingleton<TimeProvider>(Clock));

    protected override ISessionStorage Storage => app.Services.GetRequiredService<ISessionStorage>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Sessions in Redis.</summary>
public class RedisStorageTests : StorageConformance, IClassFixture<RedisServer>, IAsyncDisposable
{
    private readonly WebApplication app;

    public RedisStorageTests(RedisServer redis) => app = Site.Build(
        settings: new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url },
        services: services => services.AddSingleton<TimeProvider>(Clock));

    protected override ISessionStorage Storage => app.Services.GetRequiredService<ISessionStorage>();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return app.DisposeAsync();
    }
}

/// <summary>Sessions in Garnet, the Redis of a machine that has only the SDK.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class GarnetStorageTests(GarnetServer garnet) : RedisStorageTests(garnet), IClassFixture<GarnetServer>;
