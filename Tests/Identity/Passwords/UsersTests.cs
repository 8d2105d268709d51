using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;
using WebApp.Account;
using WebApp.Account.Users;

namespace Tests.Identity.Passwords;

/// <summary>Users in memory.</summary>
public sealed class MemoryUsersTests : UsersConformance, IAsyncDisposable
{
    private readonly WebApplication app = Site.Build(services: services => services.AddAccounts());

    protected override IUserStore<User> Users => app.Services.GetRequiredService<IUserStore<User>>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>Users in Redis.</summary>
public sealed class RedisUsersTests(RedisServer redis) : UsersConformance, IClassFixture<RedisServer>, IAsyncDisposable
{
    private readonly WebApplication app = Site.Build(
        settings: new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url },
        services: services => services.AddAccounts());

    protected override IUserStore<User> Users => app.Services.GetRequiredService<IUserStore<User>>();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
