using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Caching;
using Tests.Identity;
using Tests.Parts;
using static Tests.Caching.CacheSite;

namespace Tests.Caching;

/// <summary>A real cache in front of two replicas: nobody ever gets what was made for somebody else.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class SharedCacheTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static readonly string[] Personal =
    [
        "/account", "/account/x.css", "/account/x.css?v=1", "/account/x.css%3Fy", "/account/..%2Fx.js", "/no-hint", "/session", "/hint-after-session", "/session-after-hint",
        "/user-after-writing", "/menu", "/claims", "/set-cookie", "/error", "/redirect", "/own-header", "/authorized", "/mistaken",
    ];

    [SkippableTheory]
    [InlineData("nginx")]
    [InlineData("varnish")]
    public async Task No_page_of_a_user_reaches_another_or_a_stranger(string name)
    {
        await using var one = await SignInEndpoints.StartAsync(redis, Map);
        await using var two = await SignInEndpoints.StartAsync(redis, Map);
        await using var cache = await SharedCache.StartAsync(name, one.Address, two.Address);
        using var alice = await SignedInAsync(cache, "alice");
        using var bob = await SignedInAsync(cache, "bob");
        using var stranger = new Visitor(cache.Address);
        (Visitor Browser, string Name)[] visitors = [(alice, "alice"), (bob, "bob"), (stranger, "nobody")];

        foreach (var path in Personal)
        {
            // Whoever comes first, each of the others comes after them, and once more, on either replica.
            foreach (var (browser, visitor) in new[] { 0, 1, 2, 2, 0, 1, 0, 2, 1 }.Select(i => visitors[i]))
            {
                var response = await browser.GetAsync(path);
                Assert.Equal($"{path}: {visitor}", $"{path}: {await NameInAsync(response, visitor)}");
                Assert.NotEqual("HIT", response.Headers.GetValues("X-Cache").Single());
            }
        }

        // Code that reads the header itself is not seen to do so. What it says to nobody may be kept, what it says to a user not.
        foreach (var (browser, visitor) in new[] { 0, 1, 2, 2, 0, 1 }.Select(i => visitors[i]))
        {
            Assert.Contains(await browser.GetStringAsync("/raw-cookie"), new[] { visitor, "nobody" });
        }
    }

    [SkippableTheory]
    [InlineData("nginx")]
    [InlineData("varnish")]
    public async Task A_public_page_is_kept_and_given_to_everybody_and_only_as_it_was_made_for_nobody(string name)
    {
        await using var one = await SignInEndpoints.StartAsync(redis, Map);
        await using var two = await SignInEndpoints.StartAsync(redis, Map);
        await using var cache = await SharedCache.StartAsync(name, one.Address, two.Address);
        using var alice = await SignedInAsync(cache, "alice");
        using var stranger = new Visitor(cache.Address);

        foreach (var browser in new[] { alice, alice, stranger })
        {
            var made = await browser.GetAsync("/public/1");
            Assert.Equal(browser == alice ? "max-age=60, private" : "max-age=60, public", CacheControlOf(made));
            Assert.NotEqual("HIT", made.Headers.GetValues("X-Cache").Single());
        }

        foreach (var browser in new[] { alice, stranger })
        {
            var kept = await browser.GetAsync("/public/1");
            Assert.Equal("HIT", kept.Headers.GetValues("X-Cache").Single());
            Assert.Equal("public 1", await kept.Content.ReadAsStringAsync());
            var known = new HttpRequestMessage(HttpMethod.Get, "/public/1");
            known.Headers.IfNoneMatch.Add(kept.Headers.ETag!);
            Assert.Equal(HttpStatusCode.NotModified, (await browser.SendAsync(known)).StatusCode);
        }
    }

    [SkippableTheory]
    [InlineData("nginx")]
    [InlineData("varnish")]
    public async Task Languages_ranges_HEAD_and_changes_never_stand_in_for_a_page(string name)
    {
        await using var one = await SignInEndpoints.StartAsync(redis, Map);
        await using var two = await SignInEndpoints.StartAsync(redis, Map);
        await using var cache = await SharedCache.StartAsync(name, one.Address, two.Address);
        using var german = new Visitor(cache.Address);
        german.DefaultRequestHeaders.Add("Accept-Language", "de");
        using var french = new Visitor(cache.Address);
        french.DefaultRequestHeaders.Add("Accept-Language", "fr");

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("de", await german.GetStringAsync("/language"));
            Assert.Equal("fr", await french.GetStringAsync("/language"));
        }

        Assert.Equal("", await (await german.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/public/2"))).Content.ReadAsStringAsync());
        var range = new HttpRequestMessage(HttpMethod.Get, "/public/3");
        range.Headers.Range = new(0, 2);
        await german.SendAsync(range);
        foreach (var id in new[] { "2", "3" })
        {
            Assert.Equal("changed", await (await german.PostAsync($"/public/{id}", null)).Content.ReadAsStringAsync());
            Assert.Equal($"public {id}", await french.GetStringAsync($"/public/{id}"));
            Assert.Equal("changed", await (await german.PostAsync($"/public/{id}", null)).Content.ReadAsStringAsync());
        }
    }

    private static async Task<Visitor> SignedInAsync(SharedCache cache, string user)
    {
        var browser = new Visitor(cache.Address);
        (await browser.GetAsync($"/sign-in/{user}")).EnsureSuccessStatusCode();
        return browser;
    }

    /// <summary>Some answers have no body of their own: then the name is in a header, or only who is signed in is let in.</summary>
    private static async Task<string> NameInAsync(HttpResponseMessage response, string expected) => response switch
    {
        { StatusCode: HttpStatusCode.Redirect or HttpStatusCode.Unauthorized } when response.Headers.Location is null => "nobody",
        { Headers.Location: { } location } => location.ToString().Split('=')[^1],
        _ when await response.Content.ReadAsStringAsync() is var body && body.Contains(expected, StringComparison.Ordinal) => expected,
        _ => await response.Content.ReadAsStringAsync(),
    };

    private static void Map(WebApplication app)
    {
        var pages = app.MapGroup("").CacheHint(Minute, CacheScope.Public);
        app.MapGet("/no-hint", (HttpContext context, CancellationToken _) => NameOf(context));
        app.MapGet("/account/{**anything}", (HttpContext context, CancellationToken _) => NameOf(context)); // takes x.css for the account
        pages.MapGet("/session", (HttpContext context, CancellationToken _) => context.Session.Keys.Any() ? "" : NameOf(context));
        pages.MapGet("/hint-after-session", (HttpContext context, CacheHints hints) =>
        {
            var name = NameOf(context);
            hints.Endpoint.Set(Minute, CacheScope.Public);
            hints.Add(Minute, CacheScope.Public);
            return name;
        });
        app.MapGet("/session-after-hint", (HttpContext context, CacheHints hints) =>
        {
            hints.Add(Minute, CacheScope.Public);
            return NameOf(context);
        });
        pages.MapGet("/user-after-writing", async (HttpContext context, CancellationToken _) =>
        {
            await context.Response.WriteAsync("<p>Hello, ");
            await context.Response.Body.FlushAsync();
            await context.Response.WriteAsync(NameOf(context));
        });
        pages.MapGet("/menu", (HttpContext context, CancellationToken _) => $"<nav>{(context.User.Identity!.IsAuthenticated ? NameOf(context) : "nobody: sign in")}</nav>");
        pages.MapGet("/claims", (ClaimsPrincipal user) => user.Identity?.Name ?? "nobody");
        pages.MapGet("/raw-cookie", (HttpContext context, CancellationToken _) => context.Request.Headers.Cookie.Count == 0 ? "nobody" : NameOf(context));
        pages.MapGet("/set-cookie", (HttpContext context, CancellationToken _) =>
        {
            context.Response.Cookies.Append("seen", "1");
            return NameOf(context);
        });
        pages.MapGet("/error", (HttpContext context, CancellationToken _) => Results.Text(NameOf(context), statusCode: 404));
        pages.MapGet("/redirect", (HttpContext context, CancellationToken _) => Results.Redirect($"/who?name={NameOf(context)}"));
        app.MapGet("/own-header", (HttpContext context, CancellationToken _) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=60";
            return NameOf(context);
        });
        pages.MapGet("/authorized", (HttpContext context, CancellationToken _) => NameOf(context)).RequireAuthorization();
        pages.MapGet("/mistaken", (HttpContext context, CacheHints hints) =>
        {
            hints.Add(TimeSpan.FromDays(1), CacheScope.Public);
            context.Response.Headers.CacheControl = "public, s-maxage=86400";
            return NameOf(context);
        });

        pages.MapGet("/public/{id}", (string id) => $"public {id}");
        pages.MapMethods("/public/{id}", ["HEAD"], (string id) => $"public {id}");
        pages.MapPost("/public/{id}", () => "changed");
        app.MapGet("/language", (HttpRequest request) => request.Headers.AcceptLanguage.ToString()).CacheHint(Minute, CacheScope.Public, varyBy: ["Accept-Language"]);
    }

    private static string NameOf(HttpContext context) => context.User.Identity?.Name ?? "nobody";
}
