using System.Net;
using Tests.Parts;

namespace Tests.Identity.OpenIdConnect;

/// <summary>Signing out here offers to sign out at the provider, and signing out there ends the sessions here.</summary>
public sealed class SignedOutTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string BackChannel = "/account/back-channel-logout";

    private readonly string name = "ann-" + Guid.NewGuid().ToString("N")[..8];

    [SkippableFact]
    public async Task Signing_out_needs_the_form_ends_the_session_and_leads_to_the_providers_sign_out()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = await site.RegisterAsync(name);
        using var stolen = browser.At(site);
        using var forged = new FormUrlEncodedContent([]);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/account/sign-out", forged)).StatusCode);
        Assert.Equal(name, await browser.WhoAsync());

        Assert.Equal("/account/signed-out", (await browser.SubmitAsync("/account/sign-out")).Location);

        Assert.Equal(["(nobody)", "(nobody)"], [await browser.WhoAsync(), await stolen.WhoAsync()]);
        var page = WebUtility.HtmlDecode(await browser.GetStringAsync("/account/signed-out"));
        Assert.Contains($"{FakeProvider.Shared.Address}/sign-out?", page, StringComparison.Ordinal);
        Assert.Contains($"client_id={FakeProvider.ClientId}", page, StringComparison.Ordinal);
        Assert.Contains("post_logout_redirect_uri=https", page, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Who_signs_out_at_the_provider_is_signed_out_on_every_replica_and_nobody_else_is()
    {
        await using var left = await AccountSite.StartAsync(redis);
        await using var right = await AccountSite.StartAsync(redis);
        using var desk = await left.RegisterAsync(name);
        using var phone = await right.RegisterAsync(name);
        using var ben = await left.RegisterAsync("ben-" + name);

        Assert.Equal(HttpStatusCode.OK, await SayAsync(right, FakeProvider.Shared.LogoutToken(name, token => token.IssuedAt = DateTime.UtcNow.AddSeconds(1))));

        Assert.Equal(["(nobody)", "(nobody)", "ben-" + name], [await desk.WhoAsync(), await phone.WhoAsync(), await ben.WhoAsync()]);
    }

    [SkippableFact]
    public async Task A_token_that_is_sent_again_does_not_end_what_began_after_it()
    {
        await using var site = await AccountSite.StartAsync(redis);
        var old = FakeProvider.Shared.LogoutToken(name, token => token.IssuedAt = DateTime.UtcNow.AddSeconds(-10));
        using var browser = await site.RegisterAsync(name);

        Assert.Equal(HttpStatusCode.OK, await SayAsync(site, old));

        Assert.Equal(name, await browser.WhoAsync());
    }

    [SkippableTheory]
    [InlineData("of another issuer")]
    [InlineData("for another site")]
    [InlineData("that has expired")]
    [InlineData("without a signature")]
    [InlineData("with another's signature")]
    [InlineData("of another type")]
    [InlineData("that says nothing of signing out")]
    [InlineData("that signs in, with a nonce")]
    [InlineData("of nobody")]
    [InlineData("from the future")]
    [InlineData("nothing at all")]
    public async Task A_token_ends_nothing_that_is(string what)
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = await site.RegisterAsync(name);
        var spoilt = what == "nothing at all" ? "" : FakeProvider.Shared.LogoutToken(name, token =>
        {
            token.IssuedAt = DateTime.UtcNow.AddSeconds(1);
            switch (what)
            {
                case "of another issuer": token.Issuer = "https://evil.example"; break;
                case "for another site": token.Audience = "another"; break;
                case "that has expired": token.Expires = DateTime.UtcNow.AddHours(-1); break;
                case "without a signature": token.SigningCredentials = null; break;
                case "with another's signature": token.SigningCredentials = new Keys().Credentials; break;
                case "of another type": token.TokenType = "JWT"; break;
                case "that says nothing of signing out": token.Claims.Remove("events"); break;
                case "that signs in, with a nonce": token.Claims["nonce"] = "1"; break;
                case "of nobody": token.Claims.Remove("sub"); break;
                default: (token.IssuedAt, token.Expires) = (DateTime.UtcNow.AddMinutes(30), DateTime.UtcNow.AddHours(1)); break;
            }
        });

        Assert.Equal(HttpStatusCode.BadRequest, await SayAsync(site, spoilt));
        Assert.Equal(name, await browser.WhoAsync());
    }

    private static async Task<HttpStatusCode> SayAsync(Site site, string token)
    {
        using var provider = site.Visitor();
        using var form = new FormUrlEncodedContent([new("logout_token", token)]);
        return (await provider.PostAsync(BackChannel, form)).StatusCode;
    }
}
