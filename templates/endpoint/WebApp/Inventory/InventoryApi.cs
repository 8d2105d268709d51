using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults;
using ServiceDefaults.AccessControl;
using ServiceDefaults.Caching;
using ServiceDefaults.Limits.Queries;

namespace WebApp.Inventory;

/// <summary>A list and its items as JSON.</summary>
public static class InventoryApi
{
    /// <summary>The path, and the list's name in <c>Limits:Queries:Lists</c>.</summary>
    private const string List = "inventory";

    /// <summary>For so long a browser may show what has changed since.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);

    /// <summary>Adds who may read what, and where it is kept.</summary>
    /// <param name="services">The application's services.</param>
    public static void AddInventory(this IServiceCollection services)
    {
        services.AddAccessPolicy<ArticlePolicy>();
        services.AddSingleton<ArticleStore>();
    }

    /// <summary>Maps <c>/api/inventory</c>. What is answered depends on who asks, so no shared cache may keep it.</summary>
    /// <param name="endpoints">The application.</param>
    public static void MapInventory(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup($"/api/{List}");
        api.RequireAccess<Article>(Operation.Read).CacheHint(MaxAge, CacheScope.Private);
        api.MapGet("/", ListAsync);
        api.MapGet("/{id}", Find);
    }

    private static Task<Page<Article>> ListAsync(PageRequest page, LimitedQueries queries, Access access, ArticleStore store) =>
        queries.PageAsync(List, page, access.Filter(Operation.Read, store.All), article => article.Id);

    private static Results<Ok<Article>, NotFound> Find(string id, Access access, ArticleStore store) =>
        access.Allowed(Operation.Read, store.All.FirstOrDefault(article => article.Id == id)) is { } article ? TypedResults.Ok(article) : TypedResults.NotFound();
}
