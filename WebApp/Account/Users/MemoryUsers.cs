using System.Collections.Concurrent;
using Microsoft.AspNetCore.Identity;

namespace WebApp.Account.Users;

/// <summary>Users in this process, gone with it: for development without Redis.</summary>
public sealed class MemoryUsers : UserStore
{
    private readonly ConcurrentDictionary<string, User> users = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> ids = new(StringComparer.Ordinal);

    public override Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(users.TryGetValue(userId, out var user) ? user.Copy() : null);

    public override Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindByIdAsync(ids.GetValueOrDefault(normalizedUserName, ""), cancellationToken);

    public override Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken)
    {
        users.TryRemove(user.Id, out _);
        ids.TryRemove(KeyValuePair.Create(user.NormalizedName, user.Id));
        return Task.FromResult(IdentityResult.Success);
    }

    protected override Task<bool> TryAddAsync(User user, CancellationToken cancellationToken)
    {
        users[user.Id] = user.Copy();
        if (ids.TryAdd(user.NormalizedName, user.Id))
        {
            return Task.FromResult(true);
        }

        users.TryRemove(user.Id, out _);
        return Task.FromResult(false);
    }

    protected override Task<bool> TryWriteAsync(User user, string version, CancellationToken cancellationToken) =>
        Task.FromResult(users.TryGetValue(user.Id, out var old) && old.Version == version && users.TryUpdate(user.Id, user.Copy(), old));
}
