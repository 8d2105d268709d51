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
    public async Task A_list_holds_what_the_caller_may_read()
    {
        await using var site = await StartAsync();
        using var visitor = site.Visitor();
        using var ann = await site.SignedInAsync("ann");

        Assert.Equal("""{"items":[{"id":"1","title":"One","isPublic":true}],"next":null}""", await visitor.GetStringAsync(Address));
        Assert.Contains("\"title\":\"Two\"", await ann.GetStringAsync(Address), StringComparison.Ordinal);
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
    public async Task The_callers_own_browser_may_keep_an_answer_and_no_shared_cache_may()
    {
        await using var site = await StartAsync();
        using var ann = await site.SignedInAsync("ann");

        var hint = (await ann.GetAsync(Address)).Headers.CacheControl!;

        Assert.True(hint is { Private: true, NoStore: false, MaxAge.TotalSeconds: 10 }, hint.ToString());
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
        store.Add(new() { Id = "1", Title = "One", IsPublic = true });
        store.Add(new() { Id = "2", Title = "Two", OwnerId = "ann" });
        return site;
    }
}
