namespace WebApp.Account.Passwords;

/// <summary>How long a password may be.</summary>
internal static class PasswordRules
{
    /// <summary>ASVS 6.2.1 asks for 8 characters and recommends 15.</summary>
    public const int MinLength = 12;

    /// <summary>Long enough for every passphrase (ASVS 6.2.9 asks for 64), and short enough to be hashed.</summary>
    public const int MaxLength = 256;

    public const string TooLong = "A password has at most 256 characters.";

    /// <summary>The rule in words, shown beside the field.</summary>
    public const string Hint = "At least 12 characters. A few unrelated words are easy to remember and hard to guess.";
}
