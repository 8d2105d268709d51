using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Identity;
using Tests.Parts;

namespace Tests.Identity.Passwords;

/// <summary>The security log tells what happened to an account and its password, and nothing about the person.</summary>
public sealed class PasswordEventTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [SkippableFact]
    public async Task Every_event_of_an_account_is_logged_once_without_name_or_address()
    {
        await using var site = await AccountSite.StartAsync(redis, new Dictionary<string, string?> { ["SignIn:AttemptsPerName"] = "3", ["SignIn:AttemptsPerAddress"] = "1000" });
        var name = "ann-" + Guid.NewGuid().ToString("N")[..8];
        using var browser = await site.RegisterAsync(name);
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.77");
        using var other = site.Visitor();
        await other.SignInAsync(name);
        await browser.SubmitToAsync("/account/sessions", "/account/sessions?handler=EndOthers");
        await browser.SubmitAsync("/account/password", ("Password", AccountSite.Password), ("NewPassword", "nine large yellow kites"), ("Repeated", "nine large yellow kites"));
        await browser.SubmitAsync("/account/sign-out");
        for (var i = 0; i < 4; i++)
        {
            await browser.SignInAsync(name, "wrong");
        }

        await browser.SignInAsync("nobody-" + name, "wrong");
        var user = (await site.Services.CreateScope().ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<WebApp.Account.Users.User>>().FindByNameAsync(name))!.Id;

        string[] expected =
        [
            $"User {user} registered.",
            $"User {user} signed in; the session is *.",
            $"User {user} signed in; the session is *.",
            $"Session * of user {user} was revoked by {user}.",
            $"User {user} changed the password.",
            $"User {user} signed out of session *.",
            $"A sign-in failed; the user, if there is one, is {user}.",
            $"A sign-in failed; the user, if there is one, is {user}.",
            $"A sign-in failed; the user, if there is one, is {user}.",
            $"One name is locked out after too many failed attempts to sign in; the user, if there is one, is {user}.",
            "An attempt to sign in was refused: its name is locked out.",
            "A sign-in failed; the user, if there is one, is (null).",
        ];
        var events = site.Log.Entries.Where(entry => entry.Category == typeof(SecurityEvents).FullName).Select(entry => entry.Message).ToArray();
        Assert.Equal(expected, events.Select(message => System.Text.RegularExpressions.Regex.Replace(message, "[A-Za-z0-9_-]{43}", "*")));
        Assert.All(events, message => Assert.DoesNotContain("203.0.113", message, StringComparison.Ordinal));
        Assert.DoesNotContain(name, site.Log.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("203.0.113", site.Log.ToString(), StringComparison.OrdinalIgnoreCase);
    }
}
