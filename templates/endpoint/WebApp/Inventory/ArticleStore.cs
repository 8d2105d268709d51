using System.Collections.Immutable;
using Microsoft.AspNetCore.OutputCaching;

namespace WebApp.Inventory;

/// <summary>Where they are kept: in this process's memory, to begin with. Any <see cref="IQueryable{T}"/> will do, a database's too.</summary>
/// <param name="cache">What is kept of public answers.</param>
public sealed class ArticleStore(IOutputCacheStore cache)
{
    /// <summary>What the server's cache knows the public ones by.</summary>
    public const string Tag = "inventory";

    private ImmutableList<Article> articles = [];

    /// <summary>All of them, for whoever asks: <see cref="ArticlePolicy"/> says who may see which.</summary>
    public IQueryable<Article> All => articles.AsQueryable();

    /// <summary>Keeps one more, which is seen at once: no answer of before stands in its way.</summary>
    /// <param name="article">The new one.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task AddAsync(Article article, CancellationToken cancellationToken)
    {
        ImmutableInterlocked.Update(ref articles, (kept, added) => kept.Add(added), article);
        await cache.EvictByTagAsync(Tag, cancellationToken);
    }
}
