using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Caching;
using Tests.Parts;
using static Tests.Caching.CacheSite;

namespace Tests.Caching;

/// <summary>Hints from anywhere come to one policy, written when the response starts.</summary>
public sealed class CacheHintTests
{
    private const string NoStore = "private, no-store";

    [Fact]
    public async Task A_list_of_100_s_and_a_field_of_80_s_both_public_may_be_kept_for_80_s_by_anybody() =>
        Assert.Equal("max-age=80, public", await AskAsync(endpoint => endpoint.CacheHint(Seconds(100), CacheScope.Public), hints =>
            hints.Add(Seconds(80), CacheScope.Public)));

    [Fact]
    public async Task Another_field_of_10_s_that_is_private_makes_it_10_s_and_private() =>
        Assert.Equal("max-age=10, private", await AskAsync(endpoint => endpoint.CacheHint(Seconds(100), CacheScope.Public), hints =>
        {
            hints.Add(Seconds(80), CacheScope.Public);
            hints.Add(Seconds(10), CacheScope.Private);
        }));

    [Fact]
    public async Task A_list_of_100_s_whose_result_is_empty_may_say_5_s_instead() =>
        Assert.Equal("max-age=5, public", await AskAsync(_ => { }, hints =>
        {
            var list = hints.At("notes").Set(Seconds(100), CacheScope.Public);
            string[] result = [];
            if (result.Length == 0)
            {
                list.Set(maxAge: Seconds(5));
            }
        }));

    [Fact]
    public async Task On_one_path_a_later_hint_overrides_only_what_it_sets() =>
        Assert.Equal("max-age=30, public", await AskAsync(endpoint => endpoint.CacheHint(Seconds(100)).CacheHint(scope: CacheScope.Public), hints =>
        {
            hints.At("notes").Set(Seconds(1), CacheScope.Public);
            hints.At("notes").Set(Seconds(30));
            hints.At("notes").At("author").Set(scope: CacheScope.Public);
            hints.At("notes/author").Set(Seconds(300));
        }));

    [Fact]
    public async Task The_hint_of_an_endpoint_overrides_that_of_its_group_and_its_code_overrides_both()
    {
        await using var site = await CacheSite.StartAsync(app =>
        {
            var group = app.MapGroup("").CacheHint(Seconds(10), CacheScope.Public);
            group.MapGet("/group", () => "");
            group.MapGet("/endpoint", () => "").CacheHint(Seconds(20));
            group.MapGet("/code", (CacheHints hints) => { hints.Endpoint.Set(Seconds(30)); return ""; }).CacheHint(Seconds(20));
            group.MapGet("/attribute", [CacheHint(MaxAgeSeconds = 40, Scope = CacheScope.Private)] () => "");
        });
        using var browser = site.Visitor();

        Assert.Equal("max-age=10, public", CacheControlOf(await browser.GetAsync("/group")));
        Assert.Equal("max-age=20, public", CacheControlOf(await browser.GetAsync("/endpoint")));
        Assert.Equal("max-age=30, public", CacheControlOf(await browser.GetAsync("/code")));
        Assert.Equal("max-age=40, private", CacheControlOf(await browser.GetAsync("/attribute")));
    }

    [Fact]
    public async Task Without_any_hint_or_with_a_max_age_of_0_or_none_nothing_is_kept()
    {
        Assert.Equal(NoStore, await AskAsync(_ => { }, _ => { }));
        Assert.Equal(NoStore, await AskAsync(_ => { }, hints => hints.Add(scope: CacheScope.Public)));
        Assert.Equal(NoStore, await AskAsync(endpoint => endpoint.CacheHint(Seconds(100), CacheScope.Public), hints => hints.Add(TimeSpan.Zero, CacheScope.Public)));
        Assert.Equal(NoStore, await AskAsync(endpoint => endpoint.CacheHint(TimeSpan.FromMilliseconds(999), CacheScope.Public), _ => { }));
    }

    [Fact]
    public async Task A_hint_that_names_no_scope_is_private() =>
        Assert.Equal("max-age=100, private", await AskAsync(endpoint => endpoint.CacheHint(Seconds(100)), _ => { }));

    [Fact]
    public void A_max_age_below_0_or_above_a_year_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CacheHint(Seconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CacheHint(TimeSpan.FromDays(366)));
    }

    [Fact]
    public void A_tag_or_a_header_that_could_be_taken_for_something_else_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new CacheHint(Minute, tags: ["author:a\nb"]));
        Assert.Throws<ArgumentException>(() => new CacheHint(Minute, tags: [""]));
        Assert.Throws<ArgumentException>(() => new CacheHint(Minute, varyBy: ["*"]));
        Assert.Throws<ArgumentException>(() => new CacheHint(Minute, varyBy: ["a, b"]));
    }

    [Theory]
    [InlineData("/session-read")]
    [InlineData("/session-written")]
    [InlineData("/user")]
    [InlineData("/cookie")]
    [InlineData("/after-writing")]
    [InlineData("/authorized")]
    [InlineData("/set-cookie")]
    [InlineData("/error")]
    [InlineData("/throws")]
    [InlineData("/own-no-store")]
    public async Task A_public_hint_is_void_where_the_answer_could_differ_for_another_visitor_or_is_an_error(string path)
    {
        await using var site = await CacheSite.StartAsync(MapVoid);
        using var browser = site.Visitor();

        Assert.Equal(NoStore, CacheControlOf(await browser.GetAsync(path)));
        Assert.Equal(NoStore, CacheControlOf(await browser.GetAsync(path)));
    }

    [Fact]
    public async Task A_change_is_never_kept_whatever_the_hint()
    {
        await using var site = await CacheSite.StartAsync(app =>
            app.MapMethods("/all", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], () => "done").CacheHint(Minute, CacheScope.Public));
        using var browser = site.Visitor();

        foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE", "OPTIONS" })
        {
            Assert.Equal(NoStore, CacheControlOf(await browser.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/all"))));
        }

        Assert.Equal("max-age=60, public", CacheControlOf(await browser.GetAsync("/all")));
    }

    [Fact]
    public async Task Who_brings_a_session_or_credentials_gets_no_public_answer_even_where_nobody_looks()
    {
        await using var site = await CacheSite.StartAsync(app =>
        {
            app.MapGet("/public", (CacheHints hints) => { hints.Add(Minute, CacheScope.Public); return ""; });
            app.MapGet("/own", (HttpResponse response) => { response.Headers.CacheControl = "public, max-age=60"; });
            app.MapGet("/begin", (HttpContext context, CancellationToken _) => context.Session.SetString("a", "1"));
        });
        using var browser = site.Visitor();
        await browser.GetAsync("/begin");
        using var machine = site.Visitor();
        machine.DefaultRequestHeaders.Add("Authorization", "Bearer token");

        foreach (var who in new[] { browser, machine })
        {
            Assert.Equal("max-age=60, private", CacheControlOf(await who.GetAsync("/public")));
            Assert.Equal(NoStore, CacheControlOf(await who.GetAsync("/own")));
        }
    }

    [Fact]
    public async Task Early_answers_are_kept_by_nobody()
    {
        await using var site = await Site.StartAsync(
            app => app.MapGet("/ok", () => "").CacheHint(Minute, CacheScope.Public),
            new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["Limits:Rate:Requests"] = "3" },
            services: services => services.AddSingleton<TimeProvider>(new ManualClock())); // on a slow machine the rate would allow more
        using var plain = new Visitor(site.Address);
        using var browser = site.Visitor();

        await AssertAsync(HttpStatusCode.PermanentRedirect, plain);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/ok")).StatusCode);
        await AssertAsync(HttpStatusCode.NotFound, browser, "/is-not-there");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/ok")).StatusCode);
        await AssertAsync(HttpStatusCode.TooManyRequests, browser);

        static async Task AssertAsync(HttpStatusCode status, Visitor visitor, string path = "/ok")
        {
            var response = await visitor.GetAsync(path);
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(NoStore, CacheControlOf(response));
        }
    }

    [Fact]
    public async Task What_has_left_as_public_cannot_become_personal_afterwards()
    {
        await using var site = await CacheSite.StartAsync(app => app.MapGet("/late", async (HttpContext context, CancellationToken _) =>
        {
            context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
            await context.Response.WriteAsync("half of ");
            await context.Response.WriteAsync(context.Session.GetString("name") ?? "nobody");
        }).CacheHint(Minute, CacheScope.Public));
        using var browser = site.Visitor();

        await Assert.ThrowsAsync<HttpRequestException>(() => browser.GetAsync("/late")); // broken off: no cache keeps a part
        Assert.Contains(site.Log.Entries, entry => entry.Exception?.Message.Contains("before the first byte is written", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Vary_names_every_header_that_a_hint_names_and_keeps_those_of_the_answer()
    {
        await using var site = await CacheSite.StartAsync(app => app.MapGet("/", (HttpResponse response, CacheHints hints) =>
        {
            response.Headers.Vary = "Accept";
            hints.Add(Minute, CacheScope.Public, varyBy: ["Accept-Language", "accept"]);
            return "";
        }).CacheHint(Minute, CacheScope.Public, varyBy: ["Origin"]));
        using var browser = site.Visitor();

        Assert.Equal("Accept, Accept-Language, Origin", (await browser.GetAsync("/")).Headers.NonValidated["Vary"].ToString());
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static async Task<string> AskAsync(Action<IEndpointConventionBuilder> endpoint, Action<CacheHints> code)
    {
        await using var site = await CacheSite.StartAsync(app => endpoint(app.MapGet("/", (HttpContext context, CacheHints injected) =>
        {
            Assert.Same(context.CacheHints(), injected);
            code(injected);
            return "answer";
        })));
        using var browser = site.Visitor();
        var header = CacheControlOf(await browser.GetAsync("/"));
        Assert.Equal(header, CacheControlOf(await browser.GetAsync("/"))); // made anew or stored, the same
        return header;
    }

    private static void MapVoid(WebApplication app)
    {
        var group = app.MapGroup("").CacheHint(Minute, CacheScope.Public);
        group.MapGet("/session-read", (HttpContext context, CancellationToken _) => context.Session.GetString("a") ?? "");
        group.MapGet("/session-written", (HttpContext context, CancellationToken _) => context.Session.SetString("a", "1"));
        group.MapGet("/user", (System.Security.Claims.ClaimsPrincipal user) => user.Identity?.Name ?? "");
        group.MapGet("/cookie", (HttpRequest request) => request.Cookies["theme"] ?? "light");
        group.MapGet("/after-writing", async (HttpContext context, CancellationToken _) =>
        {
            await context.Response.WriteAsync("hello ");
            await context.Response.Body.FlushAsync();
            await context.Response.WriteAsync(context.Session.GetString("name") ?? "nobody");
        });
        group.MapGet("/authorized", () => "").RequireAuthorization();
        group.MapGet("/set-cookie", (HttpResponse response) => response.Cookies.Append("a", "1"));
        group.MapGet("/error", () => Results.NotFound());
        group.MapGet("/throws", _ => throw new InvalidOperationException("boom"));
        group.MapGet("/own-no-store", (HttpResponse response) => { response.Headers.CacheControl = "no-store"; });
    }
}
