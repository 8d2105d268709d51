namespace WebApp.Inventory;

/// <summary>What everybody may know of one, in the list. Without fields that depend on who asks, so that caches may keep it.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Title">What it is called.</param>
public sealed record ArticleSummary(string Id, string Title)
{
    /// <summary>What the list shows.</summary>
    /// <param name="article">A public one.</param>
    /// <returns>The summary.</returns>
    public static ArticleSummary Of(Article article) => new(article.Id, article.Title);
}
