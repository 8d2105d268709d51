using System.Security.Claims;
using ServiceDefaults.AccessControl;
using Tests.AccessControl;
using WebApp.Inventory;

namespace Tests.Inventory;

/// <summary>Who may do what: what the policy has and these tables have not, fails.</summary>
public sealed class ArticleAccessTests : AccessMatrix<Article>
{
    protected override AccessPolicy<Article> Policy { get; } = new ArticlePolicy();

    protected override IReadOnlyDictionary<string, ClaimsPrincipal> Roles { get; } = new Dictionary<string, ClaimsPrincipal>
    {
        ["visitor"] = Callers.Visitor,
        ["stranger"] = Callers.Ben,
        ["owner"] = Callers.Ann,
    };

    protected override IReadOnlyDictionary<string, Article> Items { get; } = new Dictionary<string, Article>
    {
        ["public"] = new() { Id = "1", Title = "One", IsPublic = true },
        ["owned"] = new() { Id = "2", Title = "Two", OwnerId = "ann" },
    };

    protected override string ItemTable => """
        create public : nobody
        create owned  : nobody
        read public   : visitor, stranger, owner
        read owned    : owner
        update public : nobody
        update owned  : nobody
        delete public : nobody
        delete owned  : nobody
        """;

    protected override string FieldTable => """
        Id read       : visitor, stranger, owner
        Title read    : visitor, stranger, owner
        IsPublic read : visitor, stranger, owner
        OwnerId read  : nobody
        """;
}
