using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults;
using ServiceDefaults.AccessControl;
using ServiceDefaults.Caching;
using ServiceDefaults.Limits.Queries;

namespace WebApp.Inventory;

/// <summary>What is public as a list, which caches may keep; and each item for those who may read it.</summary>
public static class InventoryApi
{
    /// <summary>The path, and the list's name in <c>Limits:Queries:Lists</c>.</summary>
    private const string List = "inventory";

    /// <summary>For so long caches that cannot be told of a change may lag behind: browsers, proxies.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    /// <summary>Adds who may read what, and where it is kept.</summary>
    /// <param name="services">The application's services.</param>
    public static void AddInventory(this IServiceCollection services)
    {
        services.AddAccessPolicy<ArticlePolicy>();
        services.AddSingleton<ArticleStore>();
    }

    /// <summary>Maps <c>/api/inventory</c>.</summary>
    /// <param name="endpoints">The application.</param>
    public static void MapInventory(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup($"/api/{List}");
        api.MapGet("/", ListAsync).CacheHint(MaxAge, CacheScope.Public, [ArticleStore.Tag]).AllowAnonymous();
        api.MapGet("/{id}", Find).RequireAccess<Article>(Operation.Read);
    }

    private static async Task<Page<ArticleSummary>> ListAsync(PageRequest page, LimitedQueries queries, Access access, ArticleStore store)
    {
        var found = await queries.PageAsync(List, page, access.Everyone.Filter(Operation.Read, store.All), article => article.Id); // the same for everybody
        return new Page<ArticleSummary>([.. found.Items.Select(ArticleSummary.Of)], found.Next);
    }

    private static Results<Ok<Article>, NotFound> Find(string id, Access access, ArticleStore store) =>
        access.Allowed(Operation.Read, store.All.FirstOrDefault(article => article.Id == id)) is { } article ? TypedResults.Ok(article) : TypedResults.NotFound();
}
