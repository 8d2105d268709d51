using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Microsoft.AspNetCore.Authentication.OpenIdConnect;

/// <summary>How to sign in at a provider. Defaults are the package's; what this substitute cannot do it refuses.</summary>
public class OpenIdConnectOptions : RemoteAuthenticationOptions
{
    public OpenIdConnectOptions()
    {
        CallbackPath = "/signin-oidc";
        Events = new OpenIdConnectEvents();
    }

    /// <summary>The provider's address; <c>/.well-known/openid-configuration</c> below it says the rest.</summary>
    public string? Authority { get; set; }

    public string? ClientId { get; set; }

    /// <summary>Sent to the token endpoint in the form (<c>client_secret_post</c>).</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Must be set to <c>code</c>.</summary>
    public string ResponseType { get; set; } = OpenIdConnectResponseType.IdToken;

    /// <summary>Must be set to <c>query</c>.</summary>
    public string ResponseMode { get; set; } = OpenIdConnectResponseMode.FormPost;

    /// <summary>Must stay on (RFC 7636, method S256).</summary>
    public bool UsePkce { get; set; } = true;

    /// <summary>By default <c>openid</c> and <c>profile</c>.</summary>
    public ICollection<string> Scope { get; } = new HashSet<string> { "openid", "profile" };

    /// <summary>Renames claims as <c>sub</c> to the long names of WS-*; on by default.</summary>
    public bool MapInboundClaims { get; set; } = true;

    /// <summary>Must stay off: the claims are those of the ID token.</summary>
    public bool GetClaimsFromUserInfoEndpoint { get; set; }

    /// <summary>Refuses a provider without HTTPS; on by default.</summary>
    public bool RequireHttpsMetadata { get; set; } = true;

    /// <summary>What an ID token must fulfil beyond the provider's issuer and keys. An unsigned one never does.</summary>
    public TokenValidationParameters TokenValidationParameters { get; set; } = new();

    /// <summary>Where the provider's endpoints and keys come from; by default <see cref="Authority"/>.</summary>
    public IConfigurationManager<OpenIdConnectConfiguration>? ConfigurationManager { get; set; }

    /// <summary>Must stay empty: no provider signs out here.</summary>
    public PathString RemoteSignOutPath { get; set; }

    /// <summary>Must stay empty: nothing is signed out at the provider.</summary>
    public PathString SignedOutCallbackPath { get; set; }

    /// <summary>Does not tell the provider the version of the client library; off by default.</summary>
    public bool DisableTelemetry { get; set; }

    public new OpenIdConnectEvents Events
    {
        get => (OpenIdConnectEvents)base.Events;
        set => base.Events = value;
    }

    internal ISecureDataFormat<AuthenticationProperties> StateDataFormat { get; set; } = null!;

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">An option that only the package knows.</exception>
    public override void Validate()
    {
        base.Validate();
        ArgumentException.ThrowIfNullOrEmpty(ClientId);
        if (ConfigurationManager is null)
        {
            throw new InvalidOperationException($"Set {nameof(Authority)}, the provider's address, or {nameof(ConfigurationManager)}.");
        }

        Supported(ResponseType == OpenIdConnectResponseType.Code, $"{nameof(ResponseType)} other than 'code'");
        Supported(ResponseMode == OpenIdConnectResponseMode.Query, $"{nameof(ResponseMode)} other than 'query'");
        Supported(UsePkce, $"{nameof(UsePkce)} = false");
        Supported(!GetClaimsFromUserInfoEndpoint, $"{nameof(GetClaimsFromUserInfoEndpoint)} = true");
        Supported(!RemoteSignOutPath.HasValue, nameof(RemoteSignOutPath));
        Supported(!SignedOutCallbackPath.HasValue, nameof(SignedOutCallbackPath));
        Supported(ConfigurationManager is BaseConfigurationManager, $"{nameof(ConfigurationManager)} that is no {nameof(BaseConfigurationManager)}");
    }

    private static void Supported(bool condition, string what)
    {
        if (!condition)
        {
            throw new NotSupportedException($"{what} is not in this substitute for Microsoft.AspNetCore.Authentication.OpenIdConnect. Change the option, or build with the package itself.");
        }
    }
}
