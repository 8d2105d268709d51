using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;
using Tests.Scaling;
using WebApp.Notes.Store;

namespace Tests.Notes;

/// <summary>Notes in memory.</summary>
public sealed class MemoryNotesTests : NotesConformance
{
    protected override INotes Notes { get; } = new MemoryNotes();
}

/// <summary>Notes in Redis.</summary>
public sealed class RedisNotesTests(RedisServer redis) : NotesConformance, IClassFixture<RedisServer>, IAsyncDisposable
{
    private readonly WebApplication app = Site.Build(
        settings: new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url },
        services: services => services.AddSingleton<INotes, RedisNotes>());

    protected override INotes Notes
    {
        get
        {
            return app.Services.GetRequiredService<INotes>();
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Notes in a Redis Cluster.</summary>
[Collection(RedisClusterCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed class ClusterNotesTests(RedisCluster cluster) : NotesConformance, IAsyncDisposable
{
    private readonly WebApplication app = cluster.Application(services: services => services.AddSingleton<INotes, RedisNotes>());

    protected override INotes Notes => app.From<INotes>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
