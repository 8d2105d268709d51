using Microsoft.AspNetCore.Identity;

namespace WebApp.Account.Users;

/// <summary>What ASP.NET Core Identity asks of a store, without the place where users are kept. A database comes in by deriving from it.</summary>
public abstract class UserStore : IUserPasswordStore<User>, IUserSecurityStampStore<User>
{
    private static readonly IdentityErrorDescriber Errors = new();

    /// <summary>Adds a user, unless the name is taken; in one step, so that of two at the same time one is refused.</summary>
    protected abstract Task<bool> TryAddAsync(User user, CancellationToken cancellationToken);

    /// <summary>Writes a user, unless somebody else wrote since <paramref name="version"/> was read.</summary>
    protected abstract Task<bool> TryWriteAsync(User user, string version, CancellationToken cancellationToken);

    public abstract Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken);

    public abstract Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken);

    public abstract Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken);

    public async Task<IdentityResult> CreateAsync(User user, CancellationToken cancellationToken)
    {
        user.Version = NewVersion();
        return await TryAddAsync(user, cancellationToken) ? IdentityResult.Success : IdentityResult.Failed(Errors.DuplicateUserName(user.Name));
    }

    public async Task<IdentityResult> UpdateAsync(User user, CancellationToken cancellationToken)
    {
        var version = user.Version;
        user.Version = NewVersion();
        return await TryWriteAsync(user, version, cancellationToken) ? IdentityResult.Success : IdentityResult.Failed(Errors.ConcurrencyFailure());
    }

    public Task<string> GetUserIdAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task SetUserNameAsync(User user, string? userName, CancellationToken cancellationToken) => Do(() => user.Name = userName!);

    public Task<string?> GetNormalizedUserNameAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedName);

    public Task SetNormalizedUserNameAsync(User user, string? normalizedName, CancellationToken cancellationToken) => Do(() => user.NormalizedName = normalizedName!);

    public Task<string?> GetPasswordHashAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task SetPasswordHashAsync(User user, string? passwordHash, CancellationToken cancellationToken) => Do(() => user.PasswordHash = passwordHash);

    public Task<bool> HasPasswordAsync(User user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<string?> GetSecurityStampAsync(User user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task SetSecurityStampAsync(User user, string stamp, CancellationToken cancellationToken) => Do(() => user.SecurityStamp = stamp);

    /// <summary>Nothing: the store lives as long as the application, and UserManager disposes it with every request.</summary>
    public void Dispose() => GC.SuppressFinalize(this);

    private static string NewVersion() => Guid.NewGuid().ToString("N");

    private static Task Do(Action change)
    {
        change();
        return Task.CompletedTask;
    }
}
