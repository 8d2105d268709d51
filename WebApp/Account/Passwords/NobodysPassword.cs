using Microsoft.AspNetCore.Identity;
using WebApp.Account.Users;

namespace WebApp.Account.Passwords;

/// <summary>A password to compare with when there is no user: the answer takes as long as for one that exists.</summary>
/// <param name="hasher">Hashes with the settings of all others.</param>
public sealed class NobodysPassword(IPasswordHasher<User> hasher)
{
    private static readonly User Nobody = new();

    private readonly string hash = hasher.HashPassword(Nobody, Guid.NewGuid().ToString());

    /// <summary>Takes the time of a comparison.</summary>
    /// <param name="password">What was typed.</param>
    public void Compare(string password) => hasher.VerifyHashedPassword(Nobody, hash, password);
}
