using Microsoft.Extensions.Configuration;
using ServiceDefaults.Checks;

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
    ];

    /// <summary>The kind of source that wins, not its content.</summary>
    private static string SourceOf(IConfiguration configuration) =>
        (configuration as IConfigurationRoot)?.Providers.LastOrDefault(provider => provider.TryGet("SECRET", out _))?.GetType() is { } source
            ? (source.DeclaringType ?? source).Name.Replace("ConfigurationProvider", "", StringComparison.Ordinal)
            : "code";
}
