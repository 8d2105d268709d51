using Microsoft.AspNetCore.Builder;
using ServiceDefaults.Identity;
using ServiceDefaults.Sessions;
using ServiceDefaults.Uptime;
using Tests.Identity;
using Tests.Monitoring;
using Tests.Parts;
using Tests.Sessions;

namespace Tests.Scaling;

/// <summary>Sessions in a Redis Cluster.</summary>
[Collection(RedisClusterCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed class ClusterSessionTests : StorageConformance, IAsyncDisposable
{
    private readonly WebApplication app;

    public ClusterSessionTests(RedisCluster cluster) => app = cluster.Application(Clock);

    protected override ISessionStorage Storage => app.From<ISessionStorage>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Sign-ins recorded in a Redis Cluster.</summary>
[Collection(RedisClusterCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed class ClusterSignInRecordsTests : SignInRecordsConformance, IAsyncDisposable
{
    private readonly WebApplication app;

    public ClusterSignInRecordsTests(RedisCluster cluster) => app = cluster.Application(Clock);

    protected override ISignInRecords Records => app.From<ISignInRecords>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Failed attempts counted in a Redis Cluster.</summary>
[Collection(RedisClusterCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed class ClusterSignInAttemptsTests : SignInAttemptsConformance, IAsyncDisposable
{
    private readonly WebApplication app;

    public ClusterSignInAttemptsTests(RedisCluster cluster) => app = cluster.Application(Clock);

    protected override ISignInAttempts Attempts => app.From<ISignInAttempts>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>The uptime in a Redis Cluster.</summary>
[Collection(RedisClusterCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed class ClusterUptimeRecordsTests : UptimeRecordsConformance, IAsyncDisposable
{
    private readonly WebApplication app;

    public ClusterUptimeRecordsTests(RedisCluster cluster) => app = cluster.Application(Clock);

    protected override IUptimeRecords Records => app.From<IUptimeRecords>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
