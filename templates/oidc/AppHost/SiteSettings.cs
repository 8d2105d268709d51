namespace AppHost;

/// <summary>What is asked for when the site is deployed. A setting of your own, or a secret, is one more line.</summary>
internal static class SiteSettings
{
    public static readonly SiteSetting[] All =
    [
        new("AllowedHosts", "allowed-hosts", "the host names of the site, separated by semicolons"),
        new("OpenIdConnect__Authority", "open-id-connect-authority", "the address of the OpenID Connect provider"),
        new("OpenIdConnect__ClientId", "open-id-connect-client-id", "the name under which the provider knows this site"),
        new("OpenIdConnect__ClientSecret", "open-id-connect-client-secret", "the secret that the provider gave this site") { IsSecret = true },
    ];
}
