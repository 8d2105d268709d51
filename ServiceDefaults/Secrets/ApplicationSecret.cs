namespace ServiceDefaults.Secrets;

/// <summary>The one secret of the application; every key is derived from it.</summary>
public sealed class ApplicationSecret
{
    /// <summary>The fewest characters: 32 random bytes are 43 in base64, and Django's deploy check asks for 50.</summary>
    public const int MinimumLength = 43;

    /// <summary>The fewest different characters, as in Django's deploy check (security.W009).</summary>
    public const int MinimumDistinctCharacters = 5;

    /// <summary>Lets a developer start without setting up anything; refused everywhere else.</summary>
    internal const string Development = "this-secret-is-for-development-only-and-is-refused-elsewhere";

    /// <summary>Signs and wraps what is new. Configuration key <c>SECRET</c>; required outside Development.</summary>
    public string Current { get; set; } = "";

    /// <summary>Still verifies and unwraps what is old, while a secret is rotated. Configuration key <c>SECRET_PREVIOUS</c>; optional.</summary>
    public string? Previous { get; set; }

    /// <summary>Never shows a secret.</summary>
    /// <returns>A fixed text.</returns>
    public override string ToString() => "[application secret]";
}
