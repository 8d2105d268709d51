using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Secrets;

/// <summary>Refuses a secret that guards nothing. Its messages name the setting and the fix, never the value.</summary>
internal sealed class ApplicationSecretValidator(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<ApplicationSecret>
{
    private const string Fix = "Set it to 32 random bytes, for instance the output of `openssl rand -base64 32`.";

    private static readonly string[] SampleWords = ["changeme", "change-me", "secret-key", "your-secret", "example", "password", "insecure", "keyboardcat", "keyboard cat"];

    public ValidateOptionsResult Validate(string? name, ApplicationSecret options)
    {
        var problems = new List<string>();
        AddProblems(problems, "SECRET", options.Current);
        if (options.Previous is { } previous)
        {
            AddProblems(problems, "SECRET_PREVIOUS", previous);
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private void AddProblems(List<string> problems, string key, string value)
    {
        if (value.Length == 0)
        {
            problems.Add($"{key} is not set. {Fix}");
        }
        else if (value == ApplicationSecret.Development)
        {
            if (!environment.IsDevelopment())
            {
                problems.Add($"{key} is the development secret, which everybody knows. {Fix}");
            }
        }
        else
        {
            AddWeaknesses(problems, key, value);
        }

        if (IsInAppSettings(key))
        {
            problems.Add($"{key} is in an appsettings file, where it would be committed. Remove it there, and set it in the environment, a secret file or `dotnet user-secrets`.");
        }
    }

    private static void AddWeaknesses(List<string> problems, string key, string value)
    {
        if (value.Length < ApplicationSecret.MinimumLength)
        {
            problems.Add($"{key} has {value.Length} characters; at least {ApplicationSecret.MinimumLength} are needed. {Fix}");
        }

        if (value.Distinct().Count() < ApplicationSecret.MinimumDistinctCharacters)
        {
            problems.Add($"{key} has fewer than {ApplicationSecret.MinimumDistinctCharacters} different characters. {Fix}");
        }

        if (SampleWords.Any(word => value.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            problems.Add($"{key} contains a word from sample configurations. {Fix}");
        }
    }

    private bool IsInAppSettings(string key) =>
        (configuration as IConfigurationRoot)?.Providers
            .OfType<JsonConfigurationProvider>()
            .Any(provider => provider.Source.Path?.StartsWith("appsettings", StringComparison.OrdinalIgnoreCase) == true
                && provider.TryGet(key, out _)) == true;
}
