using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Sessions;
using Tests.Parts;

namespace Tests.Sessions;

/// <summary>Sessions in memory.</summary>
public sealed class MemoryStorageTests : StorageConformance, IAsyncDisposable
{
    private readonly WebApplication app;

    public MemoryStorageTests() => app = Site.Build(services: services => services.AddSingleton<TimeProvider>(Clock));

    protected override ISessionStorage Storage => app.Services.GetRequiredService<ISessionStorage>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Sessions in Redis.</summary>
public sealed class RedisStorageTests : StorageConformance, IClassFixture<RedisServer>, IAsyncDisposable
{
    private readonly WebApplication app;

    public RedisStorageTests(RedisServer redis) => app = Site.Build(
        settings: new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url },
        services: services => services.AddSingleton<TimeProvider>(Clock));

    protected override ISessionStorage Storage
    {
        get
        {
            RedisServer.Require();
            return app.Services.GetRequiredService<ISessionStorage>();
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
