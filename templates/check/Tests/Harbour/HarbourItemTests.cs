using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults;
using ServiceDefaults.Checks;
using Tests.Checklist;
using Tests.Parts;
using WebApp.Harbour;

namespace Tests.Harbour;

/// <summary>The item holds when it should, and not when it should not.</summary>
public sealed class HarbourItemTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [SkippableFact]
    public async Task It_holds_where_a_visitor_is_answered()
    {
        var item = await AskAsync(shop => shop with { Inside = app => app.MapGet("/", () => "ok").AllowAnonymous() });

        Assert.Equal("ok", (string?)item["outcome"]);
    }

    [SkippableFact]
    public async Task It_does_not_hold_where_visitors_are_turned_away_and_says_what_was_seen_and_how_to_mend_it()
    {
        var item = await AskAsync(shop => shop with { Inside = app => app.MapGet("/", () => "ok").RequireAuthorization() });

        Assert.NotEqual("ok", (string?)item["outcome"]);
        Assert.Contains("was answered 401", (string?)item["evidence"], StringComparison.Ordinal);
        Assert.Equal(HarbourItems.All[0].Fix, (string?)item["fix"]);
    }

    [Fact]
    public async Task The_web_app_asks_it()
    {
        await using var app = new WebApplicationFactory<Program>().WithWebHostBuilder(web => web
            .UseSetting("SECRET", Site.Secret).UseSetting("Session:Store", "Memory").UseSetting("AllowedHosts", "shop.example").UseEnvironment("Production"));

        Assert.True(
            app.Services.GetServices<ChecklistItem>().Any(item => item.Id == HarbourItems.All[0].Id),
            "Add `builder.Services.AddChecklistItems(HarbourItems.All);` to WebApp/Program.cs.");
    }

    private async Task<JsonNode> AskAsync(Func<CheckedShop, CheckedShop> change)
    {
        var shop = change(new CheckedShop(redis) { After = services => services.AddChecklistItems(HarbourItems.All) });
        var (_, items) = await shop.CheckAsync();
        return Assert.Single(items, item => (string?)item["id"] == HarbourItems.All[0].Id);
    }
}
