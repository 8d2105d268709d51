namespace WebApp.Account;

/// <summary>How long a name may be, and of what.</summary>
internal static class AccountName
{
    public const int MinLength = 3;

    public const int MaxLength = 64;

    public const string Hint = "Letters, digits, and any of - . _ @ +";

    public const string TooLong = "A name has at most 64 characters.";
}
