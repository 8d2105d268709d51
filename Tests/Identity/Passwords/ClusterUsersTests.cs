using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Tests.Parts;
using Tests.Scaling;
using WebApp.Account;
using WebApp.Account.Users;

namespace Tests.Identity.Passwords;

/// <summary>Users in a Redis Cluster.</summary>
[Collection(RedisClusterCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed class ClusterUsersTests(RedisCluster cluster) : UsersConformance, IAsyncDisposable
{
    private readonly WebApplication app = cluster.Application(services: services => services.AddAccounts());

    protected override IUserStore<User> Users => app.From<IUserStore<User>>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
