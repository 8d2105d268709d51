namespace WebApp.Inventory;

/// <summary>An item of the list <c>/api/inventory</c>.</summary>
public sealed class Article
{
    /// <summary>Different for each, and the order of the list.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>Whose it is. Nobody reads it: <see cref="ArticlePolicy"/> has no rule for it.</summary>
    public string? OwnerId { get; init; }

    /// <summary>Whether everybody may see it.</summary>
    public bool IsPublic { get; init; }
}
