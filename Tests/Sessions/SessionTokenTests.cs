using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Sessions;
using Tests.Parts;

namespace Tests.Sessions;

/// <summary>The session cookie's value: what was not made here costs nothing and opens nothing.</summary>
public sealed class SessionTokenTests(RedisServer redis) : IClassFixture<RedisServer>
{
    public static TheoryData<string, Func<string, string>> Forgeries => new()
    {
        { "forged: one character changed", token => (token[0] == 'A' ? 'B' : 'A') + token[1..] },
        { "forged: signature changed", token => token[..60] + (token[60] == 'A' ? 'B' : 'A') + token[61..] },
        { "truncated", token => token[..40] },
        { "empty", _ => "" },
        { "oversized", token => token + new string('A', 3000) },
        { "doubled", token => token + token },
        { "rotten: not base64url", token => token[..^1] + "!" },
        { "rotten: not ASCII, percent-encoded", _ => "%C3%A4%00%FF" },
    };

    [SkippableTheory]
    [MemberData(nameof(Forgeries))]
    public async Task A_cookie_that_was_not_made_here_is_a_new_visitor_without_a_command_to_Redis(string what, Func<string, string> forge)
    {
        await using var site = await SessionEndpoints.StartAsync(redis);
        await site.StopHeartbeatAsync();
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");
        browser.SessionCookie = forge(browser.SessionCookie);
        var commands = await redis.CommandsSentAsync();

        var answer = await browser.GetStringAsync("/get/a");

        Assert.True(answer == "(none)", what);
        Assert.Equal(commands, await redis.CommandsSentAsync());
    }

    [SkippableFact]
    public async Task Two_session_cookies_in_one_request_are_no_500()
    {
        await using var site = await SessionEndpoints.StartAsync(redis);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");
        browser.SessionCookie = $"{browser.SessionCookie}; {browser.Cookies.Keys.Single()}=rotten";

        Assert.Contains(await browser.GetStringAsync("/get/a"), new[] { "1", "(none)" });
    }

    [SkippableFact]
    public async Task A_dump_of_Redis_holds_no_session_id()
    {
        await using var site = await SessionEndpoints.StartAsync(redis);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");
        var token = browser.SessionCookie;
        var id = System.Buffers.Text.Base64Url.DecodeFromChars(token)[..32];

        foreach (var key in await redis.SessionKeysAsync())
        {
            var dump = (byte[])(await redis.Database.ExecuteAsync("DUMP", key))!;
            Assert.True(dump.AsSpan().IndexOf(id) < 0 && !key.Contains(token[..40], StringComparison.Ordinal));
        }
    }

    [SkippableFact]
    public async Task While_a_secret_is_rotated_everybody_stays_and_is_signed_again()
    {
        await using var before = await SessionEndpoints.StartAsync(redis);
        using var browser = before.Visitor();
        await browser.GetAsync("/set/a/1");
        using var absent = before.Visitor();
        await absent.GetAsync("/set/a/1");

        const string NewSecret = "nQ7vXk2Lr9Tz4Wc8Bd1Mf6Ph3Jg5Ys0Ue+Ai/Oo2Kw=";
        await using var during = await SessionEndpoints.StartAsync(
            redis, settings: new Dictionary<string, string?> { ["SECRET"] = NewSecret, ["SECRET_PREVIOUS"] = Site.Secret });
        using var there = Move(browser, during);
        var old = there.SessionCookie;
        Assert.Equal("1", await there.GetStringAsync("/get/a"));
        Assert.NotEqual(old, there.SessionCookie);

        await using var after = await SessionEndpoints.StartAsync(redis, settings: new Dictionary<string, string?> { ["SECRET"] = NewSecret });
        using var stayed = Move(there, after);
        using var late = Move(absent, after);
        Assert.Equal("1", await stayed.GetStringAsync("/get/a"));
        Assert.Equal("(none)", await late.GetStringAsync("/get/a"));
    }

    [Fact]
    public void A_token_has_256_random_bits_and_shows_only_its_key()
    {
        using var app = (IDisposable)Site.Build();
        var signer = ((WebApplication)app).Services.GetRequiredService<SessionToken.Signer>();
        var tokens = Enumerable.Range(0, 1000).Select(_ => signer.Create()).ToList();

        Assert.Equal(1000, tokens.Select(token => token.Value).Distinct().Count());
        Assert.All(tokens, token => Assert.Equal(SessionToken.Length, token.Value.Length));
        Assert.All(tokens, token => Assert.Equal(token.Key, $"{token}"));
    }

    private static Visitor Move(Visitor from, Site to)
    {
        var moved = to.Visitor();
        moved.Cookies.Add(from.Cookies.Single());
        return moved;
    }
}
