using Microsoft.AspNetCore.Identity;
using ServiceDefaults.Foundation;
using WebApp.Account.Users;

namespace WebApp.Account.Passwords;

/// <summary>Refuses passwords that are guessed first: those that everybody uses, and those made of the name (ASVS 6.2.4, 6.2.11).</summary>
/// <remarks>
/// The minimum length excludes most of the well-known lists; these are the usual ones that are long enough. A longer list, or
/// a service that knows leaked passwords, is one more <see cref="IPasswordValidator{TUser}"/>.
/// </remarks>
/// <param name="application">Its name is guessed, too.</param>
public sealed class GuessedFirst(ApplicationIdentity application) : IPasswordValidator<User>
{
    private const int OwnLength = 8;

    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "0123456789ab", "098765432109", "0987654321qw", "1111222233334444", "112233445566", "121212121212", "123123123123", "123321123321",
        "1234512345", "123456123456", "12345678900987654321", "123456789012", "1234567890123", "12345678901234", "123456789012345",
        "1234567890qwerty", "123456789abc", "1234qwerasdf", "1234qwerasdfzxcv", "123qweasdzxc", "1q2w3e4r5t6y", "1q2w3e4r5t6y7u8i",
        "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "987654321098", "abc123abc123", "abcd1234abcd", "abcdefghijkl", "abcdefghijklmnop",
        "abcdefghijklmnopqrstuvwxyz", "administrator", "adminadminadmin", "asdfasdfasdf", "asdfghjkl123", "asdfghjklzxcvbnm",
        "changeme1234", "changemechangeme", "correct horse battery staple", "correcthorsebatterystaple", "football1234", "iloveyou1234",
        "iloveyouiloveyou", "letmein12345", "letmeinletmein", "lovelovelove", "monkey123456", "passw0rd1234", "passwordpassword",
        "password1234", "password12345", "password123456", "password123456789", "p@ssw0rd1234", "princess1234", "q1w2e3r4t5y6", "qazwsxedcrfv",
        "qwer1234qwer", "qwerqwerqwer", "qwerty123456", "qwerty1234567", "qwertyqwerty", "qwertyuiop12", "qwertyuiop123", "qwertyuiopasdf",
        "qwertyuiopasdfghjkl", "secretsecret", "sunshine1234", "superman1234", "trustno1trustno1", "welcome12345", "welcomewelcome",
        "zaq12wsxcde3", "zxcvbnm12345",
    };

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        password ??= "";
        if (Common.Contains(password.TrimEnd('!', '.', '?', '*')))
        {
            return Refuse("This password is among those that are guessed first. Choose another one.");
        }

        return Without(Without(password, user.Name), application.Name).Length < OwnLength
            ? Refuse("This password is little more than a name. Choose another one.")
            : Task.FromResult(IdentityResult.Success);
    }

    private static string Without(string password, string name) =>
        name.Length == 0 ? password : password.Replace(name, "", StringComparison.OrdinalIgnoreCase);

    private static Task<IdentityResult> Refuse(string why) =>
        Task.FromResult(IdentityResult.Failed(new IdentityError { Code = "PasswordGuessedFirst", Description = why }));
}
