using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace WebApp.Account.OpenIdConnect;

/// <summary>Reads logout tokens (OpenID Connect Back-Channel Logout 1.0, section 2.6).</summary>
/// <param name="provider">Issued and signed them, for this site.</param>
/// <param name="clock">The time.</param>
public sealed class LogoutTokens(Provider provider, TimeProvider clock)
{
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <summary>Whom a token signs out.</summary>
    /// <param name="token">The token.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Who, and when it was issued; null when it is no logout token of the provider for this site, or names no user.</returns>
    public async Task<Logout?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        var configuration = await provider.ConfigurationAsync(cancellationToken);
        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidTypes = ["logout+jwt"], // no other token will do (ASVS 10.5.5)
            ConfigurationManager = provider.Configurations, // the issuer and the keys, asked for again when one is unknown
            ValidAudience = provider.ClientId,
            ClockSkew = ClockSkew,
        });
        return result.IsValid && provider.Is(configuration.Issuer) && result.SecurityToken is JsonWebToken read && IsLogout(read) && read.IssuedAt <= clock.GetUtcNow() + ClockSkew
            ? new Logout(read.Subject, read.IssuedAt)
            : null;
    }

    /// <summary>It names the event and a user, and is no ID token that somebody came by, which would have a nonce.</summary>
    private static bool IsLogout(JsonWebToken token) =>
        token.TryGetPayloadValue<JsonElement>("events", out var events)
        && events.ValueKind == JsonValueKind.Object && events.TryGetProperty(LogoutEvent, out _)
        && !token.TryGetClaim("nonce", out _)
        && !string.IsNullOrEmpty(token.Subject)
        && token.IssuedAt != default;

    /// <summary>What a token says.</summary>
    /// <param name="User">The user's id.</param>
    /// <param name="IssuedAt">When it was issued.</param>
    public sealed record Logout(string User, DateTimeOffset IssuedAt);
}
