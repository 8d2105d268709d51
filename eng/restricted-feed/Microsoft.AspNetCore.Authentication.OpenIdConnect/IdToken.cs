using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Microsoft.AspNetCore.Authentication.OpenIdConnect;

/// <summary>What an ID token must be (OpenID Connect Core, 3.1.3.7).</summary>
internal static class IdToken
{
    /// <summary>Claims of the protocol, which say nothing of the person.</summary>
    private static readonly string[] ProtocolClaims =
        ["acr", "at_hash", "aud", "azp", "c_hash", "exp", "iat", "ipaddr", "iss", "nbf", "nonce", "platf", "ver"];

    /// <summary>Random, and dated: too old an answer is refused.</summary>
    public static string NewNonce() => new OpenIdConnectProtocolValidator().GenerateNonce();

    /// <summary>Signature, issuer, audience, lifetime, authorized party, nonce and, when it is there, <c>at_hash</c>.</summary>
    public static async Task<(ClaimsPrincipal Principal, JwtSecurityToken Token)> ValidateAsync(
        OpenIdConnectMessage tokens, OpenIdConnectOptions options, string? nonce)
    {
        var parameters = options.TokenValidationParameters.Clone();
        parameters.RequireSignedTokens = true;
        // It asks the provider again when it does not know a key, in the background and at most every five minutes; a later sign-in has the answer.
        parameters.ConfigurationManager = (BaseConfigurationManager)options.ConfigurationManager!;
        var handler = new JsonWebTokenHandler { MapInboundClaims = options.MapInboundClaims };
        var result = await handler.ValidateTokenAsync(tokens.IdToken, parameters);
        if (!result.IsValid)
        {
            throw result.Exception;
        }

        var token = JwtSecurityTokenConverter.Convert((JsonWebToken)result.SecurityToken);
        var protocol = new OpenIdConnectProtocolValidator
        {
            NonceLifetime = options.RemoteAuthenticationTimeout,
            RequireAzp = token.Audiences.Skip(1).Any(),
        };
        protocol.ValidateTokenResponse(new OpenIdConnectProtocolValidationContext
        {
            ClientId = options.ClientId,
            Nonce = nonce,
            ProtocolMessage = tokens,
            ValidatedIdToken = token,
        });
        return (new ClaimsPrincipal(result.ClaimsIdentity), token);
    }

    public static void RemoveProtocolClaims(ClaimsPrincipal principal)
    {
        foreach (var identity in principal.Identities)
        {
            foreach (var claim in identity.FindAll(claim => ProtocolClaims.Contains(claim.Type)).ToList())
            {
                identity.RemoveClaim(claim);
            }
        }
    }
}
