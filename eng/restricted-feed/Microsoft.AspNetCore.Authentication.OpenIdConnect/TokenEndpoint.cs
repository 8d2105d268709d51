using System.Globalization;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Microsoft.AspNetCore.Authentication.OpenIdConnect;

/// <summary>Where a code becomes tokens (OpenID Connect Core, 3.1.3).</summary>
internal static class TokenEndpoint
{
    public static async Task<OpenIdConnectMessage> RedeemAsync(
        OpenIdConnectConfiguration provider, OpenIdConnectOptions options, string code, string redirectUri, string? verifier, CancellationToken cancellationToken)
    {
        var request = new OpenIdConnectMessage
        {
            GrantType = OpenIdConnectGrantTypes.AuthorizationCode,
            Code = code,
            RedirectUri = redirectUri,
            ClientId = options.ClientId,
            ClientSecret = options.ClientSecret,
        };
        request.SetParameter(OAuthConstants.CodeVerifierKey, verifier);
        using var form = new FormUrlEncodedContent(request.Parameters);
        using var response = await options.Backchannel.PostAsync(new Uri(provider.TokenEndpoint), form, cancellationToken);
        var tokens = Parse(await response.Content.ReadAsStringAsync(cancellationToken), response);
        ThrowIfError(tokens);
        response.EnsureSuccessStatusCode();
        return tokens;
    }

    public static void ThrowIfError(OpenIdConnectMessage message)
    {
        if (!string.IsNullOrEmpty(message.Error))
        {
            throw new OpenIdConnectProtocolException($"The provider says '{message.Error}': {message.ErrorDescription ?? "no description"}");
        }
    }

    public static void Save(OpenIdConnectMessage tokens, AuthenticationProperties properties, TimeProvider time)
    {
        var expiresAt = int.TryParse(tokens.ExpiresIn, CultureInfo.InvariantCulture, out var seconds)
            ? time.GetUtcNow().AddSeconds(seconds).ToString("o", CultureInfo.InvariantCulture)
            : null;
        (string Name, string? Value)[] saved =
        [
            (OpenIdConnectParameterNames.AccessToken, tokens.AccessToken),
            (OpenIdConnectParameterNames.IdToken, tokens.IdToken),
            (OpenIdConnectParameterNames.RefreshToken, tokens.RefreshToken),
            (OpenIdConnectParameterNames.TokenType, tokens.TokenType),
            ("expires_at", expiresAt),
        ];
        properties.StoreTokens(saved
            .Where(token => !string.IsNullOrEmpty(token.Value))
            .Select(token => new AuthenticationToken { Name = token.Name, Value = token.Value! }));
    }

    private static OpenIdConnectMessage Parse(string json, HttpResponseMessage response)
    {
        try
        {
            return new OpenIdConnectMessage(json);
        }
        catch (ArgumentException exception)
        {
            throw new OpenIdConnectProtocolException($"The token endpoint answered {(int)response.StatusCode} and not with JSON.", exception);
        }
    }
}
