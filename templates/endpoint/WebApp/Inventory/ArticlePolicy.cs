using ServiceDefaults.AccessControl;

namespace WebApp.Inventory;

/// <summary>Everybody reads what is public; who has signed in, also what is theirs. What is not allowed here is denied.</summary>
public sealed class ArticlePolicy : AccessPolicy<Article>
{
    /// <summary>States the rules.</summary>
    public ArticlePolicy()
    {
        Allow(Operation.Read, Everyone, (article, _) => article.IsPublic);
        Allow(Operation.Read, SignedIn, (article, caller) => article.OwnerId == caller.Id);

        Field(article => article.Id).ReadBy(Everyone);
        Field(article => article.Title).ReadBy(Everyone);
        Field(article => article.IsPublic).ReadBy(Everyone);
    }
}
