using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using WebApp.Account.OpenIdConnect;

namespace WebApp.Account;

/// <summary>Offers to sign out at the provider, too (OpenID Connect RP-Initiated Logout 1.0).</summary>
/// <remarks>By a link, which the content security policy allows, and by the client's id: then no token has to be kept for it.</remarks>
[AllowAnonymous]
public sealed class SignedOutModel(Provider provider) : PageModel
{
    /// <summary>Where one signs out at the provider; null when it has no such place, or is away.</summary>
    public string? AtTheProvider { get; private set; }

    /// <summary>Its name to people.</summary>
    public string ProviderHost => provider.Host;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        try
        {
            AtTheProvider = AddressFor((await provider.ConfigurationAsync(cancellationToken)).EndSessionEndpoint);
        }
        catch (ProviderAwayException)
        {
            // Here everything is done.
        }
    }

    private string? AddressFor(string? endpoint) => string.IsNullOrEmpty(endpoint) ? null : new OpenIdConnectMessage
    {
        IssuerAddress = endpoint,
        EnableTelemetryParameters = false,
        ClientId = provider.ClientId,
        PostLogoutRedirectUri = Url.PageLink("/Home/Index"),
    }.CreateLogoutRequestUrl();
}
