using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Microsoft.AspNetCore.Authentication.OpenIdConnect;

/// <summary>The authorization code flow (OpenID Connect Core, 3.1) with PKCE.</summary>
internal sealed class OpenIdConnectHandler(IOptionsMonitor<OpenIdConnectOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : RemoteAuthenticationHandler<OpenIdConnectOptions>(options, logger, encoder)
{
    private const string NonceKey = "nonce";

    private new OpenIdConnectEvents Events => (OpenIdConnectEvents)base.Events;

    protected override Task<object> CreateEventsAsync() => Task.FromResult<object>(new OpenIdConnectEvents());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var provider = await Options.ConfigurationManager!.GetConfigurationAsync(Context.RequestAborted);
        if (string.IsNullOrEmpty(provider.AuthorizationEndpoint))
        {
            throw new InvalidOperationException("The provider's configuration names no authorization endpoint.");
        }

        // Both go with the state, encrypted; the correlation cookie binds the state to this browser.
        var nonce = properties.Items[NonceKey] = IdToken.NewNonce();
        var verifier = properties.Items[OAuthConstants.CodeVerifierKey] = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        GenerateCorrelationId(properties);
        if (string.IsNullOrEmpty(properties.RedirectUri))
        {
            properties.RedirectUri = OriginalPathBase + OriginalPath + Request.QueryString;
        }

        var request = new OpenIdConnectMessage
        {
            IssuerAddress = provider.AuthorizationEndpoint,
            EnableTelemetryParameters = !Options.DisableTelemetry,
            ClientId = Options.ClientId,
            RedirectUri = BuildRedirectUri(Options.CallbackPath),
            ResponseType = Options.ResponseType,
            Scope = string.Join(' ', Options.Scope),
            Nonce = nonce,
            State = Options.StateDataFormat.Protect(properties),
        };
        request.SetParameter(OAuthConstants.CodeChallengeKey, WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
        request.SetParameter(OAuthConstants.CodeChallengeMethodKey, OAuthConstants.CodeChallengeMethodS256);
        Response.Redirect(request.CreateAuthenticationRequestUrl());
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        if (!HttpMethods.IsGet(Request.Method))
        {
            return HandleRequestResult.Fail("The provider's answer comes by GET.");
        }

        var answer = new OpenIdConnectMessage(Request.Query.Select(field => KeyValuePair.Create(field.Key, field.Value.ToArray()!)));
        if (Options.StateDataFormat.Unprotect(answer.State) is not { } properties)
        {
            return HandleRequestResult.Fail("The state is missing or not ours.");
        }

        properties.Items.Remove(NonceKey, out var nonce);
        properties.Items.Remove(OAuthConstants.CodeVerifierKey, out var verifier);
        if (!ValidateCorrelationId(properties))
        {
            return HandleRequestResult.Fail("Correlation failed.", properties);
        }

        try
        {
            return await SignInAsync(answer, properties, nonce, verifier);
        }
        catch (Exception exception)
        {
            return HandleRequestResult.Fail(exception, properties);
        }
    }

    private async Task<HandleRequestResult> SignInAsync(OpenIdConnectMessage answer, AuthenticationProperties properties, string? nonce, string? verifier)
    {
        if (answer.Error == "access_denied" && await HandleAccessDeniedErrorAsync(properties) is { None: false } denied)
        {
            return denied;
        }

        TokenEndpoint.ThrowIfError(answer);
        var provider = await Options.ConfigurationManager!.GetConfigurationAsync(Context.RequestAborted);
        // RFC 9207: a code of another provider must not be sent to this one.
        if (!string.IsNullOrEmpty(answer.Iss) && answer.Iss != provider.Issuer)
        {
            return HandleRequestResult.Fail("The answer is another provider's: its parameter 'iss' is not the issuer.", properties);
        }

        if (string.IsNullOrEmpty(answer.Code))
        {
            return HandleRequestResult.Fail("The provider's answer has no code.", properties);
        }

        var tokens = await TokenEndpoint.RedeemAsync(
            provider, Options, answer.Code, BuildRedirectUri(Options.CallbackPath), verifier, Context.RequestAborted);
        var (principal, token) = await IdToken.ValidateAsync(tokens, Options, nonce);

        var validated = new TokenValidatedContext(Context, Scheme, Options, principal, properties) { SecurityToken = token };
        await Events.TokenValidated(validated);
        if (validated.Result is not null)
        {
            return validated.Result;
        }

        if (Options.SaveTokens)
        {
            TokenEndpoint.Save(tokens, validated.Properties!, TimeProvider);
        }

        IdToken.RemoveProtocolClaims(validated.Principal!);
        return HandleRequestResult.Success(new AuthenticationTicket(validated.Principal!, validated.Properties, Scheme.Name));
    }
}
