using System.Net;
using Microsoft.AspNetCore.Identity;
using ServiceDefaults.Identity;
using WebApp.Account.Users;

namespace WebApp.Account.Passwords;

/// <summary>Is this the password of this name? The same answer, in text and time, for a wrong name and a wrong password.</summary>
/// <param name="users">The accounts.</param>
/// <param name="nobody">Stands in for a user who does not exist.</param>
/// <param name="throttle">Bounds the guesses.</param>
public sealed class PasswordCheck(UserManager<User> users, NobodysPassword nobody, SignInThrottle throttle)
{
    /// <summary>Compares, if there have not been too many wrong guesses.</summary>
    /// <param name="name">As it was typed.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="address">The client's.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The user, or why not.</returns>
    public async Task<Answer> AskAsync(string name, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        var attempt = await throttle.BeginAsync(users.NormalizeName(name.Trim()), address, cancellationToken);
        if (!attempt.IsAllowed)
        {
            return new Answer(null, attempt);
        }

        var user = await users.FindByNameAsync(name.Trim());
        if (!await IsRightAsync(user, password))
        {
            attempt.Failed(user?.Id);
            return new Answer(null, attempt);
        }

        await attempt.SucceededAsync();
        return new Answer(user, attempt);
    }

    private async Task<bool> IsRightAsync(User? user, string password)
    {
        if (user?.PasswordHash is null)
        {
            nobody.Compare(password);
            return false;
        }

        return await users.CheckPasswordAsync(user, password);
    }

    /// <summary>What came of it.</summary>
    /// <param name="User">Whose password it is; null when it is nobody's, or was not looked at.</param>
    /// <param name="Attempt">How it stands with guesses.</param>
    public sealed record Answer(User? User, SignInAttempt Attempt)
    {
        /// <summary>The refusal in words, without a hint at which part was wrong.</summary>
        public string Refusal => Attempt.IsAllowed
            ? "The name or the password is wrong."
            : $"There have been too many attempts to sign in. Try again {InMinutes(Attempt.NameWait ?? Attempt.AddressWait!.Value)}.";

        private static string InMinutes(TimeSpan wait) =>
            Math.Ceiling(wait.TotalMinutes) is var minutes && minutes <= 1 ? "in a minute" : $"in {minutes} minutes";
    }
}
