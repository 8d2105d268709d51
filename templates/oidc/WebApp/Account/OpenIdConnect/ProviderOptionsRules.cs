using Microsoft.Extensions.Options;

namespace WebApp.Account.OpenIdConnect;

/// <summary>Nothing is missing where people rely on it, and nothing goes to the provider in the clear.</summary>
/// <param name="environment">In Development a site may have no provider yet.</param>
internal sealed class ProviderOptionsRules(IHostEnvironment environment) : IValidateOptions<ProviderOptions>
{
    public ValidateOptionsResult Validate(string? name, ProviderOptions options)
    {
        string[] problems = [.. Missing(options), .. Unsafe(options.Authority)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Missing(ProviderOptions options)
    {
        if (environment.IsDevelopment() && options is { Authority: null, ClientId: null, ClientSecret: null })
        {
            yield break;
        }

        foreach (var (setting, value, what) in new[]
        {
            (nameof(options.Authority), options.Authority?.OriginalString, "the address of your OpenID Connect provider, such as https://login.example"),
            (nameof(options.ClientId), options.ClientId, "the name under which the provider knows this site"),
            (nameof(options.ClientSecret), options.ClientSecret, "the secret that the provider gave this site, as an environment variable or a mounted file"),
        })
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return $"{ProviderOptions.Section}:{setting} is not set: {what}.";
            }
        }
    }

    private static IEnumerable<string> Unsafe(Uri? authority)
    {
        if (authority is { IsAbsoluteUri: false } || (authority is not null && authority.Scheme != Uri.UriSchemeHttps && !(authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)))
        {
            yield return $"{ProviderOptions.Section}:{nameof(ProviderOptions.Authority)} is \"{authority.OriginalString}\": it must begin with https://, since people's identities come from there.";
        }
    }
}
