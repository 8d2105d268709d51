using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Tests.Parts;

namespace Tests.Identity.OpenIdConnect;

/// <summary>People sign in at a provider.</summary>
public sealed partial class ProviderSignInTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private readonly string name = "ann-" + Guid.NewGuid().ToString("N")[..8];

    [SkippableFact]
    public async Task Who_signs_in_has_a_new_session_id_keeps_the_basket_and_is_named()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/basket");
        var before = browser.SessionCookie;

        await browser.SignInAsync(name);

        Assert.NotEqual(before, browser.SessionCookie);
        Assert.Equal("basket", await browser.GetStringAsync("/keys"));
        Assert.Equal(name, await browser.WhoAsync());
        var page = await browser.GetStringAsync("/account/sessions");
        Assert.Contains($">{name}</a>", page, StringComparison.Ordinal);
        Assert.Contains($"Your id is <code>{FakeProvider.IdOf(name)}</code>", page, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Nothing_is_kept_but_the_id_and_the_name()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = await site.RegisterAsync(name);

        var session = await redis.Database.HashGetAllAsync($"shop:session:{await browser.GetStringAsync("/id")}");
        var kept = string.Concat(session.Select(entry => Encoding.UTF8.GetString(entry.Value!)));
        Assert.Contains(FakeProvider.IdOf(name), kept, StringComparison.Ordinal);
        Assert.DoesNotContain("@provider.example", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", kept, StringComparison.Ordinal); // how a token begins
    }

    [SkippableTheory]
    [InlineData("/account/sessions?a=1", "/account/sessions?a=1")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public async Task Signing_in_leads_back_to_where_one_was_but_never_to_another_site(string returnUrl, string expected)
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = site.Visitor();

        Assert.Equal(expected, (await browser.SignInAsync(name, returnUrl)).Location);
    }

    [SkippableFact]
    public async Task An_answer_that_another_browser_asked_for_and_one_that_comes_twice_sign_nobody_in()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var attacker = site.Visitor();
        using var victim = site.Visitor();
        var answer = await attacker.AskProviderAsync(name);

        Assert.Equal(HttpStatusCode.BadRequest, (await victim.GetAsync(answer)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await attacker.GetAsync(answer)).StatusCode);
        using var again = attacker.At(site);
        Assert.Equal(HttpStatusCode.BadRequest, (await again.GetAsync(answer)).StatusCode);
        Assert.Equal("(nobody)", await victim.WhoAsync());
    }

    [SkippableFact]
    public async Task Who_says_no_at_the_provider_is_told_that_nobody_was_signed_in()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = site.Visitor();
        var answer = Code().Replace(await browser.AskProviderAsync(name), "error=access_denied");

        var refused = await browser.GetAsync(answer);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Nobody was signed in.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("of another issuer")]
    [InlineData("for another site")]
    [InlineData("for two sites, issued to the other")]
    [InlineData("that has expired")]
    [InlineData("of another sign-in")]
    [InlineData("without a signature")]
    [InlineData("with another's signature")]
    public async Task A_token_is_refused_that_is(string what)
    {
        FakeProvider.Shared.Spoilt[name] = token =>
        {
            switch (what)
            {
                case "of another issuer": token.Issuer = "https://evil.example"; break;
                case "for another site": token.Audience = "another"; break;
                case "for two sites, issued to the other": (token.Audience, token.Claims["aud"], token.Claims["azp"]) = (null, new[] { FakeProvider.ClientId, "another" }, "another"); break;
                case "that has expired": (token.IssuedAt, token.Expires) = (DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddHours(-1)); break;
                case "of another sign-in": token.Claims["nonce"] = "another"; break;
                case "without a signature": token.SigningCredentials = null; break;
                default: token.SigningCredentials = new Keys().Credentials; break;
            }
        };
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = site.Visitor();

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SignInAsync(name)).Status);
        Assert.Equal("(nobody)", await browser.WhoAsync());
        Assert.Single(site.Log.Entries, entry => entry.Message.StartsWith("A sign-in at a remote provider failed: ", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task The_provider_may_change_its_keys()
    {
        var provider = FakeProvider.Start();
        await using var site = await AccountSite.StartAsync(redis, new Dictionary<string, string?>(provider.Settings));
        using var first = await site.RegisterAsync(name);

        provider.Keys.Rotate();

        // An unknown key makes the site ask the provider again, beside the sign-in that it refuses.
        await Eventually.TrueAsync(async () =>
        {
            using var later = site.Visitor();
            return (await later.SignInAsync(name)).IsRedirect;
        }, "the new keys are known");
        await provider.StopAsync();
    }

    [SkippableFact]
    public async Task A_provider_that_calls_itself_by_another_name_signs_nobody_in()
    {
        var provider = FakeProvider.Start();
        provider.Issuer = "https://login.example";
        await using var site = await AccountSite.StartAsync(redis, new Dictionary<string, string?>(provider.Settings));
        using var browser = site.Visitor();
        var answer = Issuer().Replace(await browser.AskProviderAsync(name), ""); // of the answer, which says the address

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync(answer)).StatusCode);
        Assert.Contains("The provider calls itself https://login.example, which is not what OpenIdConnect:Authority says.", site.Log.ToString(), StringComparison.Ordinal);
        await provider.StopAsync();
    }

    [SkippableFact]
    public async Task With_the_provider_away_nobody_signs_in_and_all_else_goes_on()
    {
        var provider = FakeProvider.Start();
        await using var site = await AccountSite.StartAsync(redis, new Dictionary<string, string?>(provider.Settings));
        await provider.StopAsync();
        using var browser = site.Visitor();

        var answer = await browser.OpenAsync("/account/sign-in");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("10", answer.Headers.GetValues("Retry-After").Single());
        Assert.Contains("cannot be reached", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).StatusCode);
        Assert.Single(site.Log.Entries, entry => entry.Message.StartsWith("A sign-in at a remote provider failed: IDX20803", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task What_the_browser_keeps_between_is_for_this_site_and_no_script()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = site.Visitor();

        var challenge = await browser.GetAsync("/account/sign-in");

        var cookies = challenge.Headers.GetValues("Set-Cookie").ToArray();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie => Assert.All(["secure", "httponly", "samesite=lax"], attribute => Assert.Contains(attribute, cookie, StringComparison.OrdinalIgnoreCase)));
    }

    [GeneratedRegex("&iss=[^&]+")]
    private static partial Regex Issuer();

    [GeneratedRegex("code=[^&]+")]
    private static partial Regex Code();
}
