using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tests.Parts;

namespace Tests.Identity;

/// <summary>
/// A remote provider signs in through the session. OAuth and OpenID Connect share the handler that this is about
/// (<see cref="RemoteAuthenticationHandler{TOptions}"/>), and OAuth comes with the framework.
/// </summary>
public sealed class RemoteSignInTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [SkippableFact]
    public async Task A_remote_provider_signs_in_with_a_new_session_id_and_the_sign_in_is_listed_and_can_be_ended()
    {
        await using var provider = await Provider.StartAsync();
        await using var site = await StartAsync(provider.Address);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/basket");
        var before = browser.SessionCookie;

        var back = await GoThroughProviderAsync(browser, "/who");

        Assert.Equal("/who", back.Headers.Location!.OriginalString);
        Assert.Equal("Ann of Provider", await browser.WhoAsync());
        Assert.NotEqual(before, browser.SessionCookie);
        Assert.Equal("basket", await browser.GetStringAsync("/keys"));
        Assert.Equal("token-1", await browser.GetStringAsync("/token"));
        Assert.Single((await browser.GetFromJsonAsync<JsonElement[]>("/sessions/ann-42"))!);

        await browser.GetAsync("/end-all/ann-42");
        Assert.Equal("(nobody)", await browser.WhoAsync());
    }

    [SkippableFact]
    public async Task An_answer_of_the_provider_that_another_browser_asked_for_is_refused_and_the_log_says_why()
    {
        await using var provider = await Provider.StartAsync();
        await using var site = await StartAsync(provider.Address);
        using var attacker = site.Visitor();
        using var victim = site.Visitor();
        var callback = await AskProviderAsync(attacker, "/who");

        Assert.Equal(HttpStatusCode.BadRequest, (await victim.GetAsync(callback)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await victim.GetAsync(callback)).StatusCode);
        Assert.Equal("(nobody)", await victim.WhoAsync());
        Assert.Single(site.Log.Entries, entry => entry.Message == "A sign-in at a remote provider failed: Correlation failed. Failures since the line before: 0.");
    }

    [SkippableFact]
    public async Task A_provider_that_is_gone_when_its_answer_comes_is_a_503()
    {
        await using var provider = await Provider.StartAsync();
        await using var site = await StartAsync(provider.Address);
        using var browser = site.Visitor();
        var callback = await AskProviderAsync(browser, "/who");

        await provider.DisposeAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync(callback)).StatusCode);
        Assert.Equal("(nobody)", await browser.WhoAsync());
    }

    private Task<Site> StartAsync(Uri provider) => SignInEndpoints.StartAsync(
        redis,
        app =>
        {
            app.MapGet("/remote-sign-in", (HttpContext context, string returnUrl) =>
                context.ChallengeAsync("Provider", new AuthenticationProperties { RedirectUri = returnUrl }));
            app.MapGet("/token", (HttpContext context, CancellationToken _) => context.GetTokenAsync("access_token"));
        },
        services: services => services.AddAuthentication().AddOAuth("Provider", options =>
        {
            options.ClientId = "shop";
            options.ClientSecret = "not a secret";
            options.CallbackPath = "/signed-in-remotely";
            options.AuthorizationEndpoint = new Uri(provider, "/authorize").ToString();
            options.TokenEndpoint = new Uri(provider, "/token").ToString();
            options.UserInformationEndpoint = new Uri(provider, "/user").ToString();
            options.SaveTokens = true;
            options.UsePkce = true;
            options.ClaimActions.MapJsonKey(ClaimTypes.NameIdentifier, "sub");
            options.ClaimActions.MapJsonKey(ClaimTypes.Name, "name");
            options.Events.OnCreatingTicket = async context =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
                var response = await context.Backchannel.SendAsync(request);
                context.RunClaimActions(await response.Content.ReadFromJsonAsync<JsonElement>());
            };
        }));

    private static async Task<HttpResponseMessage> GoThroughProviderAsync(Visitor browser, string returnUrl) =>
        await browser.GetAsync(await AskProviderAsync(browser, returnUrl));

    /// <summary>To the provider, which agrees, and sends the browser back here.</summary>
    private static async Task<string> AskProviderAsync(Visitor browser, string returnUrl)
    {
        var challenge = await browser.GetAsync($"/remote-sign-in?returnUrl={returnUrl}");
        using var atProvider = new Visitor(challenge.Headers.Location!);
        return (await atProvider.GetAsync(challenge.Headers.Location)).Headers.Location!.PathAndQuery;
    }

    /// <summary>A provider that knows one user, who always agrees.</summary>
    private sealed class Provider(WebApplication app) : IAsyncDisposable
    {
        public Uri Address => new(app.Urls.Single());

        public static async Task<Provider> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapGet("/authorize", (string redirect_uri, string state) =>
                Results.Redirect($"{redirect_uri}?code=code-1&state={Uri.EscapeDataString(state)}"));
            app.MapPost("/token", () => new { access_token = "token-1", token_type = "Bearer" });
            app.MapGet("/user", (HttpRequest request) => request.Headers.Authorization == "Bearer token-1"
                ? Results.Ok(new { sub = "ann-42", name = "Ann of Provider" })
                : Results.Unauthorized());
            await app.StartAsync();
            return new Provider(app);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
