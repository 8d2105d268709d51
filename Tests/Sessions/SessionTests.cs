using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tests.Parts;

namespace Tests.Sessions;

/// <summary>What the session keeps, and what it costs.</summary>
public sealed class SessionTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [SkippableFact]
    public async Task What_one_request_sets_the_next_one_reads()
    {
        await using var site = await SessionEndpoints.StartAsync(redis);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/colour/blue");

        Assert.Equal("blue", await browser.GetStringAsync("/get/colour"));
    }

    [SkippableFact]
    public async Task What_is_removed_and_cleared_is_gone()
    {
        await using var site = await SessionEndpoints.StartAsync(redis);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");
        await browser.GetAsync("/set/b/2");
        await browser.GetAsync("/set/c/3");
        await browser.GetAsync("/remove/b");
        Assert.Equal("a,c", await browser.GetStringAsync("/keys"));

        await browser.GetAsync("/clear");
        Assert.Equal("", await browser.GetStringAsync("/keys"));
    }

    [SkippableFact]
    public async Task A_hundred_parallel_requests_over_two_replicas_each_keep_their_own_key()
    {
        await using var left = await SessionEndpoints.StartAsync(redis);
        await using var right = await SessionEndpoints.StartAsync(redis);
        using var onLeft = left.Visitor();
        using var onRight = right.Visitor();
        await onLeft.GetAsync("/set/first/1");
        onRight.Cookies.Add(onLeft.Cookies.Single());

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? onLeft : onRight).GetAsync($"/set/key{i:000}/{i}")));

        var keys = (await onRight.GetStringAsync("/keys")).Split(',');
        Assert.Equal([.. new[] { "first" }.Concat(Enumerable.Range(0, 100).Select(i => $"key{i:000}")).Order()], keys);
    }

    [SkippableFact]
    public async Task A_visitor_who_writes_nothing_leaves_nothing_and_costs_no_command()
    {
        await using var site = await SessionEndpoints.StartAsync(redis);
        await site.StopHeartbeatAsync();
        var keys = await redis.SessionKeysAsync();
        var commands = await redis.CommandsSentAsync();
        for (var i = 0; i < 50; i++)
        {
            using var browser = site.Visitor();
            var response = await browser.GetAsync("/get/colour");
            Assert.False(response.Headers.Contains("Set-Cookie"));
        }

        Assert.Equal(commands, await redis.CommandsSentAsync());
        Assert.Equal(keys.Length, (await redis.SessionKeysAsync()).Length);
    }

    [SkippableFact]
    public async Task A_page_that_reads_costs_one_command_and_one_that_writes_two()
    {
        await using var site = await SessionEndpoints.StartAsync(redis);
        await site.StopHeartbeatAsync();
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");
        await browser.GetAsync("/set/a/2");

        var before = await redis.CommandsSentAsync();
        await browser.GetStringAsync("/get/a");
        var read = await redis.CommandsSentAsync();
        await browser.GetStringAsync("/set/a/3");
        var written = await redis.CommandsSentAsync();

        Assert.Equal(1, read - before);
        Assert.Equal(2, written - read);
    }

    [SkippableFact]
    public async Task A_session_is_stored_before_the_first_byte_of_the_response_arrives()
    {
        var go = new TaskCompletionSource();
        await using var site = await SessionEndpoints.StartAsync(redis, app => app.MapGet("/slow", async (HttpContext context, CancellationToken _) =>
        {
            context.Session.SetString("a", "early");
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await go.Task;
        }));
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/old");
        using var response = await browser.GetAsync("/slow", HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal("early", await browser.GetStringAsync("/get/a"));
        go.SetResult();
    }

    [SkippableFact]
    public async Task A_change_after_the_response_has_started_throws_and_says_why()
    {
        var problem = new TaskCompletionSource<Exception>();
        await using var site = await SessionEndpoints.StartAsync(redis, app => app.MapGet("/late", async (HttpContext context, CancellationToken _) =>
        {
            await context.Response.WriteAsync("started");
            await context.Response.Body.FlushAsync();
            problem.SetResult(Record.Exception(() => context.Session.SetString("a", "late")));
        }));
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/early");
        await browser.GetStringAsync("/late");

        Assert.Contains("before the first byte", Assert.IsType<InvalidOperationException>(await problem.Task).Message, StringComparison.Ordinal);
        Assert.Equal("early", await browser.GetStringAsync("/get/a"));
    }

    [SkippableFact]
    public async Task A_request_that_ends_in_an_exception_saves_nothing()
    {
        await using var site = await SessionEndpoints.StartAsync(redis, app => app.MapGet("/fail", (HttpContext context, CancellationToken _) =>
        {
            context.Session.SetString("a", "half-done");
            throw new InvalidOperationException("boom");
        }));
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/whole");

        Assert.Equal(HttpStatusCode.InternalServerError, (await browser.GetAsync("/fail")).StatusCode);
        Assert.Equal("whole", await browser.GetStringAsync("/get/a"));
    }

    [SkippableFact]
    public async Task A_visitor_who_leaves_before_the_answer_does_not_take_back_what_was_done()
    {
        var reached = new TaskCompletionSource();
        await using var site = await SessionEndpoints.StartAsync(redis, app => app.MapGet("/leave", async (HttpContext context, CancellationToken left) =>
        {
            context.Session.SetString("a", "done");
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, left).ContinueWith(_ => { }, TaskScheduler.Default);
        }));
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/before");
        using var leave = new CancellationTokenSource();
        var request = browser.GetAsync("/leave", leave.Token);
        await reached.Task;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);

        await Eventually.TrueAsync(async () => await browser.GetStringAsync("/get/a") == "done", "the change is saved");
    }

    [SkippableFact]
    public async Task A_session_that_would_be_too_large_is_refused_with_size_and_limit()
    {
        string? message = null;
        await using var site = await SessionEndpoints.StartAsync(
            redis,
            app => app.MapGet("/large", (HttpContext context, CancellationToken _) =>
            {
                context.Session.SetString("kept", "yes");
                message = Record.Exception(() => context.Session.SetString("large", new string('x', 2000)))?.Message;
            }),
            new Dictionary<string, string?> { ["Session:MaxBytes"] = "1024" });
        using var browser = site.Visitor();
        await browser.GetAsync("/large");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await browser.GetAsync($"/set/large/{new string('x', 2000)}")).StatusCode);

        Assert.Contains("2012 bytes; the limit is 1024 (Session:MaxBytes)", message, StringComparison.Ordinal);
        Assert.Equal("kept", await browser.GetStringAsync("/keys"));
    }

    [SkippableFact]
    public async Task A_new_id_keeps_the_contents_and_the_old_cookie_is_worth_nothing()
    {
        await using var site = await SessionEndpoints.StartAsync(redis);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");
        using var thief = site.Visitor();
        thief.Cookies.Add(browser.Cookies.Single());
        var before = await browser.GetStringAsync("/id");

        await browser.GetAsync("/renew");

        Assert.NotEqual(before, await browser.GetStringAsync("/id"));
        Assert.Equal("1", await browser.GetStringAsync("/get/a"));
        Assert.Equal("(none)", await thief.GetStringAsync("/get/a"));
    }

    [SkippableFact]
    public async Task An_ended_session_is_gone_and_its_id_is_never_used_again()
    {
        await using var site = await SessionEndpoints.StartAsync(redis);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");
        var id = await browser.GetStringAsync("/id");
        var stolen = browser.Cookies.Single();

        await browser.GetAsync("/end");
        Assert.Empty(browser.Cookies);

        browser.Cookies.Add(stolen);
        Assert.Equal("(none)", await browser.GetStringAsync("/get/a"));
        await browser.GetAsync("/set/a/2");
        Assert.NotEqual(id, await browser.GetStringAsync("/id"));
    }

    [SkippableFact]
    public async Task A_request_under_way_cannot_bring_back_a_session_that_was_ended()
    {
        var holding = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var left = await SessionEndpoints.StartAsync(redis, app => app.MapGet("/hold", async (HttpContext context, CancellationToken _) =>
        {
            holding.SetResult();
            await go.Task;
            context.Session.SetString("a", "undead");
            return "saved";
        }));
        await using var right = await SessionEndpoints.StartAsync(redis);
        using var onLeft = left.Visitor();
        using var onRight = right.Visitor();
        await onLeft.GetAsync("/set/a/1");
        onRight.Cookies.Add(onLeft.Cookies.Single());
        var keys = await redis.SessionKeysAsync();

        var held = onLeft.GetAsync("/hold");
        await holding.Task;
        await onRight.GetAsync("/end");
        go.SetResult();

        var response = await held;
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.DoesNotContain("saved", (await response.Content.ReadAsStringAsync()).Split("nothing was saved")[0], StringComparison.Ordinal);
        Assert.Equal(keys.Length - 1, (await redis.SessionKeysAsync()).Length);
    }

    [SkippableFact]
    public async Task Sessions_go_on_when_both_replicas_are_replaced_in_the_middle()
    {
        var left = await CounterSiteAsync();
        var right = await CounterSiteAsync();
        using var cookies = left.Visitor();
        await cookies.CountAsync();
        var cookie = cookies.Cookies.Single();
        for (var i = 2; i <= 200; i++)
        {
            if (i == 100)
            {
                await left.DisposeAsync();
                await right.DisposeAsync();
                left = await CounterSiteAsync();
                right = await CounterSiteAsync();
            }

            using var browser = (i % 2 == 0 ? left : right).Visitor();
            browser.Cookies.Add(cookie);
            Assert.Equal(i, await browser.CountAsync());
        }

        await left.DisposeAsync();
        await right.DisposeAsync();
    }

    private Task<Site> CounterSiteAsync() => SessionEndpoints.StartAsync(redis, app =>
        app.MapGet("/counter", async (HttpContext context, CancellationToken _) =>
            new { views = await ServiceDefaults.Sessions.SessionOperations.IncrementAsync(context.Session, "views") }));
}
