using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tests.Identity;
using Tests.Parts;
using WebApp.Inventory;

namespace Tests.Inventory;

/// <summary>The endpoint as a client meets it.</summary>
public sealed class InventoryApiTests
{
    private const string Address = "/api/inventory";

    [Fact]
    public async Task The_list_holds_what_everybody_may_read()
    {
        await using var site = await StartAsync();
        using var visitor = site.Visitor();

        Assert.Equal("""{"items":[{"id":"1","title":"One"}],"next":null}""", await visitor.GetStringAsync(Address));
    }

    [Fact]
    public async Task What_is_somebody_elses_does_not_exist()
    {
        await using var site = await StartAsync();
        using var ben = await site.SignedInAsync("ben");
        using var ann = await site.SignedInAsync("ann");

        Assert.Equal(await ben.RawAsync("GET", $"{Address}/3"), await ben.RawAsync("GET", $"{Address}/2"));
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync($"{Address}/2")).StatusCode);
    }

    [Fact]
    public async Task Caches_may_keep_the_list_for_10_seconds_and_what_is_new_is_in_it_at_once()
    {
        await using var site = await StartAsync();
        using var visitor = site.Visitor();

        Assert.True((await visitor.GetAsync(Address)).Headers.CacheControl is { Public: true, MaxAge.TotalSeconds: 10 });
        await site.Services.GetRequiredService<ArticleStore>().AddAsync(new() { Id = "3", Title = "Three", IsPublic = true }, default);
        Assert.Contains("Three", await visitor.GetStringAsync(Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_cache_keeps_what_was_made_for_one_caller()
    {
        await using var site = await StartAsync();
        using var ann = await site.SignedInAsync("ann");

        Assert.True((await ann.GetAsync($"{Address}/2")).Headers.CacheControl is { Private: true, NoStore: true });
    }

    [Fact]
    public async Task A_page_that_is_larger_than_the_limit_is_refused_and_the_limit_is_named()
    {
        await using var site = await StartAsync(("Limits:Queries:Lists:inventory", "5"));
        using var visitor = site.Visitor();

        var answer = await visitor.GetAsync($"{Address}?first=6");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("from 1 to 5", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_web_app_has_it()
    {
        await using var app = new WebApplicationFactory<Program>().WithWebHostBuilder(web => web
            .UseSetting("SECRET", Site.Secret).UseSetting("Session:Store", "Memory").UseSetting("AllowedHosts", "shop.example").UseEnvironment("Production"));

        var paths = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText);
        Assert.True(
            app.Services.GetService<ArticleStore>() is not null && paths.Any(path => path?.TrimEnd('/') == Address),
            "Add `builder.Services.AddInventory();` and `app.MapInventory();` to WebApp/Program.cs.");
    }

    private static async Task<Site> StartAsync(params (string Key, string Value)[] settings)
    {
        var site = await Site.StartAsync(
            app =>
            {
                SignInEndpoints.Map(app);
                app.MapInventory();
            },
            new Dictionary<string, string?>(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))) { ["Session:Store"] = "Memory" },
            services: services => services.AddInventory());
        var store = site.Services.GetRequiredService<ArticleStore>();
        await store.AddAsync(new() { Id = "1", Title = "One", IsPublic = true }, default);
        await store.AddAsync(new() { Id = "2", Title = "Two", OwnerId = "ann" }, default);
        return site;
    }
}
