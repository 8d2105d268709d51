using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace WebApp.Account.OpenIdConnect;

/// <summary>How this site signs in at the provider: the authorization code flow with PKCE (RFC 9700).</summary>
/// <param name="provider">Which one.</param>
internal sealed class ProviderSignIn(IOptions<ProviderOptions> provider) : IConfigureNamedOptions<OpenIdConnectOptions>
{
    /// <summary>Where a provider's answer arrives: register this address with the provider.</summary>
    public const string CallbackPath = "/account/signed-in";

    private const int LongestName = 100; // characters, on a page

    private static readonly string[] NameClaims = ["name", "preferred_username", "email"];

    public void Configure(string? name, OpenIdConnectOptions options)
    {
        var told = provider.Value;
        options.Authority = told.Authority?.OriginalString ?? "https://provider.invalid"; // nobody is sent there: see Provider
        options.RequireHttpsMetadata = told.Authority is not { IsLoopback: true };
        options.ClientId = told.ClientId ?? "none";
        options.ClientSecret = told.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query; // the answer comes by GET: all cookies here are SameSite=Lax
        options.CallbackPath = CallbackPath;
        options.RemoteSignOutPath = default; // a link that signs people out; BackChannelLogout asks for proof
        options.SignedOutCallbackPath = default;
        options.BackchannelTimeout = TimeSpan.FromSeconds(10);
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.Events.OnTokenValidated = context =>
        {
            if (Doubt(context.SecurityToken) is { } doubt)
            {
                context.Fail(doubt);
            }
            else
            {
                context.Principal = Person(context.Principal!);
            }

            return Task.CompletedTask;
        };
    }

    public void Configure(OpenIdConnectOptions options) => Configure(Options.DefaultName, options);

    /// <summary>What the handler lets through, since the token comes from the provider itself: one without a signature, one that is for others, too, and a provider with another's name.</summary>
    private string? Doubt(JwtSecurityToken token) =>
        string.IsNullOrEmpty(token.RawSignature) ? "The ID token is not signed."
        : token.Audiences.Skip(1).Any() && token.Payload.Azp != provider.Value.ClientId ? "The ID token has several audiences, and was issued to another."
        : !provider.Value.IsIssuer(token.Issuer) ? $"The provider calls itself {token.Issuer}, which is not what OpenIdConnect:Authority says."
        : null;

    /// <summary>Who it is and what they are called: the session keeps no other claim, and no token.</summary>
    private static ClaimsPrincipal Person(ClaimsPrincipal token)
    {
        var id = token.FindFirstValue("sub")!; // every ID token has one
        var name = NameClaims.Select(token.FindFirstValue).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) ?? id;
        return new(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, id), new(ClaimTypes.Name, name.Length > LongestName ? name[..LongestName] : name)],
            OpenIdConnectDefaults.AuthenticationScheme));
    }
}
