using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Caching;
using static Tests.Caching.CacheSite;

namespace Tests.Caching;

/// <summary>Hints on actions and pages.</summary>
public sealed class PageHintTests
{
    [Fact]
    public async Task An_action_overrides_what_its_controller_says()
    {
        await using var site = await CacheSite.StartAsync(
            app => app.MapControllers(),
            services: services => services.AddControllers().ConfigureApplicationPartManager(Only<RatesController>));
        using var browser = site.Visitor();

        Assert.Equal("max-age=60, public", CacheControlOf(await browser.GetAsync("/rates")));
        Assert.Equal("max-age=5, public", CacheControlOf(await browser.GetAsync("/rates/now")));
        Assert.Equal("private, no-store", CacheControlOf(await browser.GetAsync("/rates/mine")));
    }

    [Fact]
    public async Task A_page_can_be_named_in_the_conventions()
    {
        ICacheHint? seen = null;
        await using var site = await CacheSite.StartAsync(
            app =>
            {
                app.Use((HttpContext context, RequestDelegate _) =>
                {
                    seen = context.GetEndpoint()!.Metadata.GetMetadata<ICacheHint>();
                    return Task.CompletedTask;
                });
                app.MapRazorPages();
            },
            services: services => services
                .AddRazorPages(pages =>
                {
                    pages.RootDirectory = "/";
                    pages.Conventions.CacheHint("/Account/SignOut", Minute, CacheScope.Public, tags: ["page"]);
                })
                .AddApplicationPart(typeof(WebApp.Home.IndexModel).Assembly));
        using var browser = site.Visitor();

        await browser.GetAsync("/account/sign-out");
        Assert.Equal((Minute, CacheScope.Public, "page"), (seen!.Hint.MaxAge, seen.Hint.Scope, seen.Hint.Tags.Single()));
        await browser.GetAsync("/");
        Assert.Null(seen);
    }

    private static void Only<T>(ApplicationPartManager parts)
    {
        parts.ApplicationParts.Clear();
        parts.ApplicationParts.Add(new AssemblyPart(typeof(T).Assembly));
    }
}

/// <summary>A controller as an application has it.</summary>
[ApiController]
[Route("rates")]
[CacheHint(MaxAgeSeconds = 60, Scope = CacheScope.Public)]
public sealed class RatesController : ControllerBase
{
    private readonly string rate = "1.08";

    [HttpGet]
    public string All() => rate;

    [HttpGet("now")]
    [CacheHint(MaxAgeSeconds = 5)]
    public string Now() => rate;

    [HttpGet("mine")]
    public string Mine() => User.Identity?.Name ?? "nobody";
}
