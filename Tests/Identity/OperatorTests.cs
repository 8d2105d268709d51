using System.Net;
using System.Text.RegularExpressions;
using Tests.Parts;

namespace Tests.Identity;

/// <summary>Operators see and end the sessions of any user.</summary>
public sealed partial class OperatorTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private readonly string name = "ann-" + Guid.NewGuid().ToString("N")[..8];
    private readonly string operatorName = "olga-" + Guid.NewGuid().ToString("N")[..8];

    [SkippableFact]
    public async Task An_operator_finds_a_user_and_ends_one_session_or_all_on_every_replica()
    {
        await using (var before = await AccountSite.StartAsync(redis))
        {
            using var _ = await before.RegisterAsync(operatorName);
        }

        await using var left = await AccountSite.StartAsync(redis, AccountSite.Operator(operatorName));
        await using var right = await AccountSite.StartAsync(redis, AccountSite.Operator(operatorName));
        using var one = await right.RegisterAsync(name);
        using var two = right.Visitor();
        await two.SignInAsync(name);
        using var three = left.Visitor();
        await three.SignInAsync(name);
        using var olga = left.Visitor();
        await olga.SignInAsync(operatorName);

        var page = (await olga.SubmitAsync("/operators/users", AccountSite.Sought(name))).Location!;
        Assert.Matches("^/operators/users/[0-9a-f-]+/sessions$", page);
        Assert.DoesNotContain(name, page, StringComparison.Ordinal);

        await olga.SubmitToAsync(page, page + "?handler=End", ("session", await one.GetStringAsync("/id")));
        Assert.Equal(["(nobody)", name, name], [await one.WhoAsync(), await two.WhoAsync(), await three.WhoAsync()]);

        await olga.SubmitToAsync(page, page + "?handler=EndAll");
        Assert.Equal(["(nobody)", "(nobody)"], [await two.WhoAsync(), await three.WhoAsync()]);
        Assert.Contains("Nowhere.", await olga.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Equal(operatorName, await olga.WhoAsync());
    }

    [SkippableFact]
    public async Task For_others_the_pages_do_not_exist_and_visitors_are_asked_to_sign_in()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var ann = await site.RegisterAsync(name);
        using var visitor = site.Visitor();

        Assert.Equal(await SeenAsync(ann, "/is-not-there"), await SeenAsync(ann, "/operators/users"));
        Assert.StartsWith("404", await SeenAsync(ann, "/operators/users"), StringComparison.Ordinal);
        Assert.StartsWith("/account/sign-in?returnUrl=", (await visitor.OpenAsync("/operators/users")).Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Whoever_is_removed_from_the_configuration_is_no_operator_any_more_even_while_signed_in()
    {
        await using (var first = await AccountSite.StartAsync(redis))
        {
            using var _ = await first.RegisterAsync(operatorName);
        }

        using var olga = new Visitor(new Uri("http://127.0.0.1"));
        await using (var with = await AccountSite.StartAsync(redis, AccountSite.Operator(operatorName)))
        {
            using var there = with.Visitor();
            await there.SignInAsync(operatorName);
            Assert.Equal(HttpStatusCode.OK, (await there.OpenAsync("/operators/users")).StatusCode);
            foreach (var cookie in there.Cookies)
            {
                olga.Cookies.Add(cookie);
            }
        }

        await using var without = await AccountSite.StartAsync(redis);
        using var here = olga.At(without);
        Assert.Equal(operatorName, await here.WhoAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await here.OpenAsync("/operators/users")).StatusCode);
    }

    [SkippableFact]
    public async Task A_name_from_a_remote_provider_makes_no_operator()
    {
        await using var site = await AccountSite.StartAsync(redis, AccountSite.Operator(operatorName));
        using var stranger = site.Visitor();
        await stranger.GetAsync($"/sign-in/{operatorName}"); // a principal that was not made from an account
        Assert.Equal(operatorName, await stranger.WhoAsync());

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync("/operators/users")).StatusCode);
    }

    /// <summary>All of an answer but its time, its code to quote and its nonce.</summary>
    private static async Task<string> SeenAsync(Visitor browser, string address)
    {
        using var answer = await browser.OpenAsync(address);
        answer.Headers.Date = null;
        answer.Headers.Remove("RateLimit");
        return Random().Replace($"{(int)answer.StatusCode}\n{answer.Headers}{answer.Content.Headers}\n{await answer.Content.ReadAsStringAsync()}", "");
    }

    [GeneratedRegex("[0-9a-f]{32}|(?<=nonce[-=]\"?)[A-Za-z0-9+/]{22}==")]
    private static partial Regex Random();
}
