using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Identity;
using ServiceDefaults.Redis;
using Tests.Parts;

namespace Tests.Identity;

/// <summary>The signed-in user is kept in the session.</summary>
public sealed class SessionAuthenticationTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [SkippableFact]
    public async Task Who_signs_in_on_one_replica_is_signed_in_on_the_other_and_signed_out_of_both()
    {
        await using var left = await SignInEndpoints.StartAsync(redis);
        await using var right = await SignInEndpoints.StartAsync(redis);
        using var onLeft = await left.SignedInAsync("ann");
        using var onRight = onLeft.At(right);
        Assert.Equal("ann", await onRight.WhoAsync());

        await onRight.GetAsync("/sign-out");

        Assert.Equal("(nobody)", await onLeft.WhoAsync());
    }

    [SkippableFact]
    public async Task Signing_in_gives_a_new_id_and_keeps_what_the_session_holds()
    {
        await using var site = await SignInEndpoints.StartAsync(redis);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/basket");
        using var thief = browser.At(site); // who planted or knows the id from before
        var before = browser.SessionCookie;

        await browser.GetAsync("/sign-in/ann");

        Assert.NotEqual(before, browser.SessionCookie);
        Assert.Equal("basket", await browser.GetStringAsync("/keys"));
        Assert.Equal("ann", await browser.WhoAsync());
        Assert.Equal("(nobody)", await thief.WhoAsync());
        Assert.Equal("", await thief.GetStringAsync("/keys"));
    }

    [SkippableFact]
    public async Task A_double_click_on_sign_in_signs_in()
    {
        var holding = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var site = await SignInEndpoints.StartAsync(redis, app => app.MapGet("/slow-sign-in", async (HttpContext context, CancellationToken _) =>
        {
            holding.SetResult();
            await go.Task; // the password takes its time
            await context.SignInAsync(SignInEndpoints.Principal("dora"));
        }));
        using var browser = site.Visitor();
        await browser.GetAsync("/set/basket");

        var second = browser.GetAsync("/slow-sign-in");
        await holding.Task;
        await browser.GetAsync("/sign-in/dora");
        go.SetResult();

        Assert.Equal(HttpStatusCode.OK, (await second).StatusCode);
        Assert.Equal("dora", await browser.WhoAsync());
    }

    [SkippableFact]
    public async Task What_one_user_had_in_the_session_is_gone_when_another_signs_in()
    {
        await using var site = await SignInEndpoints.StartAsync(redis);
        using var browser = await site.SignedInAsync("carol");
        await browser.GetAsync("/set/basket");

        await browser.GetAsync("/sign-in/bob");

        Assert.Equal("bob", await browser.WhoAsync());
        Assert.Equal("", await browser.GetStringAsync("/keys"));
        Assert.Equal("[]", await browser.GetStringAsync("/sessions/carol"));
    }

    [SkippableFact]
    public async Task The_cookie_of_a_session_that_was_signed_out_of_never_works_again()
    {
        await using var site = await SignInEndpoints.StartAsync(redis);
        using var browser = await site.SignedInAsync("ann");
        var id = await browser.GetStringAsync("/id");
        using var replayed = browser.At(site);

        await browser.GetAsync("/sign-out");
        Assert.Empty(browser.Cookies);

        Assert.Equal("(nobody)", await replayed.WhoAsync());
        await replayed.GetAsync("/sign-in/ann");
        Assert.NotEqual(id, await replayed.GetStringAsync("/id"));
    }

    [SkippableFact]
    public async Task Signing_out_clears_what_the_site_keeps_in_the_browser()
    {
        await using var site = await SignInEndpoints.StartAsync(redis);
        using var browser = await site.SignedInAsync("ann");

        var response = await browser.GetAsync("/sign-out");

        Assert.Equal("\"cache\", \"cookies\", \"storage\"", response.Headers.GetValues("Clear-Site-Data").Single());
        Assert.Contains(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("__Host-shop-session=; expires=Thu, 01 Jan 1970", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_request_under_way_cannot_bring_back_a_sign_in_that_was_ended()
    {
        var holding = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var left = await SignInEndpoints.StartAsync(redis, app => app.MapGet("/hold", async (HttpContext context, CancellationToken _) =>
        {
            holding.SetResult();
            await go.Task;
            context.Session.SetString("a", "undead");
        }));
        await using var right = await SignInEndpoints.StartAsync(redis);
        using var onLeft = await left.SignedInAsync("ann");
        using var onRight = onLeft.At(right);

        var held = onLeft.GetAsync("/hold");
        await holding.Task;
        await onRight.GetAsync("/end-all/ann");
        go.SetResult();

        Assert.Equal(HttpStatusCode.Conflict, (await held).StatusCode);
        Assert.Equal("(nobody)", await onLeft.WhoAsync());
    }

    [SkippableFact]
    public async Task The_application_neither_sees_nor_clears_the_sign_in_among_its_own_values()
    {
        await using var site = await SignInEndpoints.StartAsync(redis);
        using var browser = await site.SignedInAsync("ann");
        await browser.GetAsync("/set/basket");
        Assert.Equal("basket", await browser.GetStringAsync("/keys"));

        await browser.GetAsync("/clear");

        Assert.Equal("", await browser.GetStringAsync("/keys"));
        Assert.Equal("ann", await browser.WhoAsync());
    }

    [SkippableFact]
    public async Task Knowing_who_is_signed_in_costs_no_command_beyond_the_sessions_own()
    {
        await using var site = await SignInEndpoints.StartAsync(redis);
        await site.StopHeartbeatAsync();
        using var browser = await site.SignedInAsync("ann");
        await browser.GetAsync("/set/warm-up");

        var before = await redis.CommandsSentAsync();
        Assert.Equal("ann", await browser.WhoAsync());
        var read = await redis.CommandsSentAsync();
        await browser.GetAsync("/set/basket");
        var written = await redis.CommandsSentAsync();

        Assert.Equal(1, read - before);
        Assert.Equal(2, written - read);
    }

    [SkippableFact]
    public async Task People_are_sent_to_the_sign_in_page_with_the_way_back_and_programs_get_a_401()
    {
        await using var site = await SignInEndpoints.StartAsync(redis);
        using var browser = site.Visitor();

        var page = await browser.OpenAsync("/secret?a=1&b=2");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal("/account/sign-in?returnUrl=%2Fsecret%3Fa%3D1%26b%3D2", page.Headers.Location!.OriginalString);

        var form = await browser.OpenAsync("/secret", HttpMethod.Post);
        Assert.Equal("/account/sign-in", form.Headers.Location!.OriginalString);

        var program = await browser.GetAsync("/secret");
        Assert.Equal(HttpStatusCode.Unauthorized, program.StatusCode);
        Assert.Equal("Session", program.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Null(program.Headers.Location);
    }

    [SkippableFact]
    public async Task For_those_who_may_not_see_it_a_page_does_not_exist_and_it_is_logged()
    {
        await using var site = await SignInEndpoints.StartAsync(redis);
        using var browser = await site.SignedInAsync("ann");

        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync("/operators-only")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/operators-only")).StatusCode);
        Assert.Contains(site.Log.Entries, entry => entry.Message == "User ann was refused access to HTTP: GET /operators-only. Refusals of this user since the line before: 0.");
    }

    [SkippableFact]
    public async Task A_sign_in_that_cannot_be_recorded_is_no_sign_in()
    {
        await using var site = await SignInEndpoints.StartAsync(redis, services: services => services.AddSingleton<ISignInRecords, FailingRecords>());
        using var browser = site.Visitor();

        var response = await browser.GetAsync("/sign-in/ann");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Empty(browser.Cookies);
    }

    [SkippableFact]
    public async Task A_user_without_an_id_is_refused_with_the_fix()
    {
        Exception? problem = null;
        await using var site = await SignInEndpoints.StartAsync(redis, app => app.MapGet("/sign-in-nobody", async (HttpContext context, CancellationToken _) =>
            problem = await Record.ExceptionAsync(() => context.SignInAsync(new(new System.Security.Claims.ClaimsIdentity([], "password"))))));
        using var browser = site.Visitor();
        await browser.GetAsync("/sign-in-nobody");

        Assert.Contains("ClaimTypes.NameIdentifier", Assert.IsType<InvalidOperationException>(problem).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_sign_in_may_have_an_end_of_its_own()
    {
        var clock = new ManualClock();
        await using var site = await SignInEndpoints.StartAsync(
            redis,
            app => app.MapGet("/sign-in-for-an-hour", (HttpContext context, CancellationToken _) =>
                context.SignInAsync(SignInEndpoints.Principal("ann"), new AuthenticationProperties { ExpiresUtc = clock.GetUtcNow().AddHours(1) })),
            services: services => services.AddSingleton<TimeProvider>(clock));
        using var browser = site.Visitor();
        await browser.GetAsync("/sign-in-for-an-hour");
        Assert.Equal("ann", await browser.WhoAsync());

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("(nobody)", await browser.WhoAsync());
    }

    private sealed class FailingRecords : ISignInRecords
    {
        public Task<int> AddAsync(string user, SignInRecord record, CancellationToken cancellationToken) => throw new RedisUnavailableException(new TimeoutException());

        public Task<IReadOnlyList<SignInRecord>> ListAsync(string user, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task RemoveAsync(string user, IReadOnlyCollection<string> sessions, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
