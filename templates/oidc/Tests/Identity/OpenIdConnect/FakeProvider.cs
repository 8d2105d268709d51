using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Tests.Identity.OpenIdConnect;

/// <summary>An OpenID Connect provider on this machine: whoever asks is who they say they are. All else it takes as seriously as a real one.</summary>
internal sealed class FakeProvider
{
    public const string ClientId = "site";
    private const string ClientSecret = "a secret between the two of them";

    private readonly ConcurrentDictionary<string, Code> codes = new();
    private readonly WebApplication app;

    private FakeProvider(WebApplication app) => this.app = app;

    /// <summary>The one that all tests share, unless they need one of their own.</summary>
    public static FakeProvider Shared { get; } = Start();

    public string Address => app.Urls.Single();

    /// <summary>What it calls itself.</summary>
    public string? Issuer { get; set; }

    /// <summary>What it signs with, and says so.</summary>
    public Keys Keys { get; } = new();

    /// <summary>What is done to the next ID tokens of a user.</summary>
    public ConcurrentDictionary<string, Action<SecurityTokenDescriptor>> Spoilt { get; } = new();

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["OpenIdConnect:Authority"] = Address,
        ["OpenIdConnect:ClientId"] = ClientId,
        ["OpenIdConnect:ClientSecret"] = ClientSecret,
    };

    /// <summary>As the provider keeps it; a user's id tells nothing of the name.</summary>
    public static string IdOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];

    /// <summary>Every site that a test starts has this provider, as every deployment has one; also in processes of their own.</summary>
    [ModuleInitializer]
    internal static void Configure()
    {
        foreach (var (setting, value) in Shared.Settings)
        {
            Environment.SetEnvironmentVariable(setting.Replace(":", "__", StringComparison.Ordinal), value);
        }
    }

    public static FakeProvider Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var provider = new FakeProvider(app);
        app.MapGet("/.well-known/openid-configuration", () => new
        {
            issuer = provider.Issuer ?? provider.Address,
            authorization_endpoint = provider.Address + "/authorize",
            token_endpoint = provider.Address + "/token",
            jwks_uri = provider.Address + "/keys",
            end_session_endpoint = provider.Address + "/sign-out",
        });
        app.MapGet("/keys", () => provider.Keys.Published);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync);
        app.StartAsync().GetAwaiter().GetResult();
        return provider;
    }

    public Task StopAsync() => app.StopAsync();

    public string LogoutToken(string name, Action<SecurityTokenDescriptor>? change = null)
    {
        var token = Token(name);
        token.TokenType = "logout+jwt";
        token.Claims["events"] = new Dictionary<string, object> { ["http://schemas.openid.net/event/backchannel-logout"] = new Dictionary<string, object>() };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    /// <summary>Whoever has not said who they are is asked; a test says it at once.</summary>
    private IResult Authorize(HttpRequest request, string client_id, string redirect_uri, string state, string code_challenge, string code_challenge_method, string response_type, string nonce, string? user)
    {
        if (client_id != ClientId || code_challenge_method != "S256" || response_type != "code")
        {
            return Results.BadRequest();
        }

        if (user is null)
        {
            var fields = request.Query.Select(field => $"<input type=\"hidden\" name=\"{field.Key}\" value=\"{System.Net.WebUtility.HtmlEncode(field.Value)}\">");
            return Results.Content($"<!doctype html><title>Provider</title><link rel=\"icon\" href=\"data:,\"><main><form>{string.Concat(fields)}<input name=\"user\" id=\"user\"><button>Sign in</button></form></main>", "text/html");
        }

        var code = Guid.NewGuid().ToString();
        codes[code] = new Code(user, redirect_uri, code_challenge, nonce);
        return Results.Redirect(QueryHelpers.AddQueryString(redirect_uri, new Dictionary<string, string?> { ["code"] = code, ["state"] = state, ["iss"] = Address }));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var isTrue = codes.TryRemove(form["code"].ToString(), out var code) // once
            && form["client_id"] == ClientId && form["client_secret"] == ClientSecret
            && form["redirect_uri"] == code.RedirectUri
            && Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == code.Challenge;
        if (!isTrue)
        {
            return Results.BadRequest(new { error = "invalid_grant" });
        }

        var token = Token(code!.User);
        token.Claims["nonce"] = code.Nonce;
        if (Spoilt.TryGetValue(code.User, out var spoil))
        {
            spoil(token);
        }

        var idToken = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
        return Results.Ok(new { access_token = "unused", token_type = "Bearer", expires_in = 60, id_token = idToken });
    }

    private SecurityTokenDescriptor Token(string name) => new()
    {
        Issuer = Issuer ?? Address,
        Audience = ClientId,
        IssuedAt = DateTime.UtcNow,
        Expires = DateTime.UtcNow.AddMinutes(2),
        SigningCredentials = Keys.Credentials,
        Claims = new Dictionary<string, object> { ["sub"] = IdOf(name), ["name"] = name, ["email"] = name + "@provider.example", ["jti"] = Guid.NewGuid().ToString() },
    };

    private sealed record Code(string User, string RedirectUri, string Challenge, string Nonce);
}
