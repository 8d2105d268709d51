using Microsoft.Extensions.Configuration;
using ServiceDefaults.Checks;
using ServiceDefaults.Sessions;

namespace ServiceDefaults.Secrets;

/// <summary>What the checklist asks about the application secret.</summary>
internal static class SecretItems
{
    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "secrets.strength",
            Title = "The application secret cannot be guessed",
            Asvs = ["13.2.3", "13.3.1"],
            Options = typeof(ApplicationSecret),
            Fix = "Set SECRET to 32 random bytes, for instance the output of `openssl rand -base64 32`.",
            Check = inspection =>
            {
                var secret = inspection.Options<ApplicationSecret>().Current;
                return secret == ApplicationSecret.Development
                    ? new Finding(false, "SECRET is the development secret, which everybody knows.")
                    : new Finding(true, $"SECRET has {secret.Length} characters, {secret.Distinct().Count()} of them different, and comes from {SourceOf(inspection.Service<IConfiguration>())}.");
            },
        },
        new()
        {
            Id = "secrets.rotation",
            Title = "A secret that is rotated out is another one, and what it signed still opens its session",
            Severity = Severity.Warning,
            Asvs = ["13.3.4"],
            Fix = "Set SECRET_PREVIOUS to the secret that was used before, and remove it when its sessions are over.",
            Check = inspection =>
            {
                var secret = inspection.Options<ApplicationSecret>();
                if (secret.Previous is null)
                {
                    return new Finding(true, "No rotation is under way: SECRET_PREVIOUS is not set.");
                }

                using var previous = new SessionToken.Signer(new DerivedKeys(Microsoft.Extensions.Options.Options.Create(new ApplicationSecret { Current = secret.Previous })));
                var token = inspection.Service<SessionToken.Signer>().Verify(previous.Create().Value);
                return new Finding(token is { IsCurrent: false }, token switch
                {
                    null => "A cookie that SECRET_PREVIOUS signed opens nothing.",
                    { IsCurrent: true } => "SECRET_PREVIOUS is the same as SECRET.",
                    _ => "A cookie that SECRET_PREVIOUS signed opens its session, and is signed again.",
                });
            },
        },
    ];

    /// <summary>The kind of source that wins, not its content.</summary>
    private static string SourceOf(IConfiguration configuration) =>
        (configuration as IConfigurationRoot)?.Providers.LastOrDefault(provider => provider.TryGet("SECRET", out _))?.GetType() is { } source
            ? (source.DeclaringType ?? source).Name.Replace("ConfigurationProvider", "", StringComparison.Ordinal)
            : "code";
}
