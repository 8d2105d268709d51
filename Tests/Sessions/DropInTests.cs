using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;

namespace Tests.Sessions;

/// <summary>Code that was written for ASP.NET Core's own session runs unchanged.</summary>
public sealed class DropInTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [SkippableFact]
    public async Task Strings_integers_and_bytes_come_back_as_they_were_set()
    {
        await using var site = await SessionEndpoints.StartAsync(redis, app =>
        {
            app.MapGet("/write", (HttpContext context, CancellationToken _) =>
            {
                context.Session.SetString("text", "größe 🌍");
                context.Session.SetInt32("number", -7);
                context.Session.Set("bytes", [0, 255]);
            });
            app.MapGet("/read", async (HttpContext context, CancellationToken _) =>
            {
                await context.Session.LoadAsync();
                return $"{context.Session.IsAvailable} {context.Session.GetString("text")} {context.Session.GetInt32("number")} {Convert.ToHexString(context.Session.Get("bytes")!)} {context.Session.Get("missing") is null}";
            });
        });
        using var browser = site.Visitor();
        await browser.GetAsync("/write");

        Assert.Equal("True größe 🌍 -7 00FF True", await browser.GetStringAsync("/read"));
    }

    [SkippableFact]
    public async Task The_id_stays_the_same_from_request_to_request()
    {
        await using var site = await SessionEndpoints.StartAsync(redis);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");

        Assert.Equal(await browser.GetStringAsync("/id"), await browser.GetStringAsync("/id"));
    }

    [SkippableFact]
    public async Task An_explicit_commit_saves_at_once_and_what_is_set_later_is_saved_too()
    {
        await using var site = await SessionEndpoints.StartAsync(redis, app => app.MapGet("/commit", async (HttpContext context, CancellationToken _) =>
        {
            context.Session.SetString("a", "committed");
            await context.Session.CommitAsync();
            context.Session.SetString("b", "afterwards");
        }));
        using var browser = site.Visitor();
        await browser.GetAsync("/commit");

        Assert.Equal("a,b", await browser.GetStringAsync("/keys"));
    }

    [SkippableFact]
    public async Task TempData_may_be_kept_in_the_session()
    {
        await using var site = await Site.StartAsync(
            app =>
            {
                app.MapGet("/write", (HttpContext context, ITempDataProvider temp) => temp.SaveTempData(context, new Dictionary<string, object> { ["note"] = "saved" }));
                app.MapGet("/read", (HttpContext context, ITempDataProvider temp) => temp.LoadTempData(context)["note"]);
            },
            new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url },
            services: services => services.AddRazorPages().AddSessionStateTempDataProvider());
        using var browser = site.Visitor();
        await browser.GetAsync("/write");

        Assert.Equal("saved", await browser.GetStringAsync("/read"));
    }

    [SkippableFact]
    public async Task Antiforgery_accepts_its_token_on_any_replica_and_nothing_else()
    {
        await using var left = await SessionEndpoints.StartAsync(redis, MapForm);
        await using var right = await SessionEndpoints.StartAsync(redis, MapForm);
        using var onLeft = left.Visitor();
        using var onRight = right.Visitor();
        var token = await onLeft.GetStringAsync("/token");
        onRight.Cookies.Add(onLeft.Cookies.Single());

        using var good = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["text"] = "hello" });
        using var bad = new FormUrlEncodedContent(new Dictionary<string, string> { ["text"] = "hello" });
        Assert.Equal("hello", await (await onRight.PostAsync("/form", good)).Content.ReadAsStringAsync());
        Assert.Equal(400, (int)(await onRight.PostAsync("/form", bad)).StatusCode);
        Assert.StartsWith("__Host-shop-antiforgery", onLeft.Cookies.Single().Key, StringComparison.Ordinal);
    }

    private static void MapForm(WebApplication app)
    {
        app.MapGet("/token", (HttpContext context, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(context).RequestToken);
        app.MapPost("/form", (IFormCollection form) => form["text"].ToString());
    }
}
