using System.Collections.Immutable;

namespace WebApp.Inventory;

/// <summary>Where they are kept: in this process's memory, to begin with. Any <see cref="IQueryable{T}"/> will do, a database's too.</summary>
public sealed class ArticleStore
{
    private ImmutableList<Article> articles = [];

    /// <summary>All of them, for whoever asks: <see cref="ArticlePolicy"/> says who may see which.</summary>
    public IQueryable<Article> All => articles.AsQueryable();

    /// <summary>Keeps one more.</summary>
    /// <param name="article">The new one.</param>
    public void Add(Article article) => ImmutableInterlocked.Update(ref articles, (kept, added) => kept.Add(added), article);
}
