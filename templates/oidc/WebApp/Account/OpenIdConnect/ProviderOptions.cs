namespace WebApp.Account.OpenIdConnect;

/// <summary>The OpenID Connect provider that says who people are. Configuration section <c>OpenIdConnect</c>.</summary>
public sealed class ProviderOptions
{
    /// <summary>The section.</summary>
    public const string Section = "OpenIdConnect";

    /// <summary>
    /// The provider's address, as it calls itself (its issuer), without <c>/.well-known/openid-configuration</c>. HTTPS, but on
    /// this machine. Required outside Development.
    /// </summary>
    public Uri? Authority { get; set; }

    /// <summary>The name under which the provider knows this site. Required outside Development.</summary>
    public string? ClientId { get; set; }

    /// <summary>The secret that the provider gave this site. Required outside Development; belongs where <c>SECRET</c> is, not in a settings file.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Whether the provider is the one that is meant: what it calls itself is its address (ASVS 10.5.3).</summary>
    /// <param name="issuer">What it calls itself.</param>
    public bool IsIssuer(string? issuer) => Authority is not null && Authority.OriginalString.TrimEnd('/') == issuer?.TrimEnd('/');

    /// <summary>Whether anybody can sign in: in Development a site may do without.</summary>
    public bool IsComplete => Authority is not null && !string.IsNullOrWhiteSpace(ClientId) && !string.IsNullOrWhiteSpace(ClientSecret);
}
