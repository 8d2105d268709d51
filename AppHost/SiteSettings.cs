namespace AppHost;

/// <summary>What is asked for when the site is deployed. A setting of your own, or a secret, is one more line.</summary>
internal static class SiteSettings
{
    public static readonly SiteSetting[] All =
    [
        new("AllowedHosts", "allowed-hosts", "the host names of the site, separated by semicolons"),
    ];
}
