using System.Text.RegularExpressions;
using ServiceDefaults.Identity;
using Tests.Parts;

namespace Tests.Identity;

/// <summary>The security log tells what happened, and nothing about the person.</summary>
public sealed class SecurityEventTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private readonly string name = "ann-" + Guid.NewGuid().ToString("N")[..8];

    [SkippableFact]
    public async Task Every_sign_in_and_its_end_is_logged_once_without_name_or_address()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = await site.RegisterAsync(name);
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.77");
        using var other = site.Visitor();
        await other.SignInAsync(name);
        await browser.SubmitToAsync("/account/sessions", "/account/sessions?handler=EndOthers");
        await browser.SubmitAsync("/account/sign-out");

        string[] expected =
        [
            "User # signed in; the session is *.",
            "User # signed in; the session is *.",
            "Session * of user # was revoked by #.",
            "User # signed out of session *.",
        ];
        var events = site.Log.Entries.Where(entry => entry.Category == typeof(SecurityEvents).FullName).Select(entry => entry.Message).ToArray();
        Assert.Equal(expected, events.Select(Neutral).Where(message => !message.EndsWith("registered.", StringComparison.Ordinal)));
        Assert.DoesNotContain(name, site.Log.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("203.0.113", site.Log.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [SkippableFact]
    public async Task No_session_cookie_is_ever_logged()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = await site.RegisterAsync(name);
        await browser.GetAsync("/account/sessions");

        Assert.DoesNotContain(browser.SessionCookie, site.Log.ToString(), StringComparison.Ordinal);
    }

    private static string Neutral(string message) => Regex.Replace(Regex.Replace(message, "[A-Za-z0-9_-]{43}", "*"), "[0-9a-f]{32}", "#");
}
