using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using ServiceDefaults.Identity;

namespace WebApp.Account.OpenIdConnect;

/// <summary>What the provider says of itself.</summary>
/// <param name="options">Whether there is one.</param>
/// <param name="schemes">Knows how to ask it.</param>
/// <param name="events">Tells the operators when it does not answer.</param>
public sealed class Provider(IOptions<ProviderOptions> options, IOptionsMonitor<OpenIdConnectOptions> schemes, SecurityEvents events)
{
    /// <summary>Its name to people.</summary>
    public string Host => options.Value.Authority?.Host ?? "";

    /// <summary>The name under which it knows this site.</summary>
    public string ClientId => options.Value.ClientId ?? "";

    /// <summary>Whether an issuer is the provider that is meant.</summary>
    /// <param name="issuer">What it calls itself.</param>
    public bool Is(string issuer) => options.Value.IsIssuer(issuer);

    /// <summary>Keeps its endpoints and keys.</summary>
    public BaseConfigurationManager Configurations => (BaseConfigurationManager)Manager;

    private IConfigurationManager<OpenIdConnectConfiguration> Manager => schemes.Get(OpenIdConnectDefaults.AuthenticationScheme).ConfigurationManager!;

    /// <summary>Its endpoints and keys; asked for once, and again now and then.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The provider's configuration.</returns>
    /// <exception cref="ProviderAwayException">There is none, or it does not answer.</exception>
    public async Task<OpenIdConnectConfiguration> ConfigurationAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsComplete)
        {
            throw new ProviderAwayException("This site has no provider yet that signs people in: set OpenIdConnect:Authority, ClientId and ClientSecret.");
        }

        try
        {
            return await Manager.GetConfigurationAsync(cancellationToken);
        }
        catch (InvalidOperationException exception) // IDX20803
        {
            events.RemoteSignInFailed(exception.Message);
            throw new ProviderAwayException("The provider that signs people in cannot be reached. Try again in a moment.", exception);
        }
    }
}
