using System.Security.Claims;
using ServiceDefaults.AccessControl;
using Tests.AccessControl;
using WebApp.Account.Operators;
using WebApp.Notes;

namespace Tests.Notes;

/// <summary>Who may do what with notes.</summary>
public sealed class NoteAccessTests : AccessMatrix<Note>
{
    protected override AccessPolicy<Note> Policy { get; } = new NotePolicy();

    protected override IReadOnlyDictionary<string, ClaimsPrincipal> Roles { get; } = new Dictionary<string, ClaimsPrincipal>
    {
        ["visitor"] = Callers.Visitor,
        ["stranger"] = Callers.Ben,
        ["author"] = Callers.Ann,
        ["moderator"] = Callers.SignedIn("mo", OperatorRole.Role),
    };

    protected override IReadOnlyDictionary<string, Note> Items { get; } = new Dictionary<string, Note>
    {
        ["draft"] = new() { AuthorId = "ann" },
        ["published"] = new() { AuthorId = "ann", IsPublished = true },
        ["moderated"] = new() { AuthorId = "ann", Moderation = "spam" },
    };

    protected override string ItemTable => """
        create draft        : stranger, author, moderator
        create published    : stranger, author, moderator
        create moderated    : stranger, author, moderator
        read draft          : author
        read published      : visitor, stranger, author, moderator
        read moderated      : author, moderator
        update draft        : author
        update published    : author
        update moderated    : author
        delete draft        : author
        delete published    : author
        delete moderated    : author
        publish draft       : author
        publish published   : author
        publish moderated   : nobody
        unpublish draft     : author
        unpublish published : author, moderator
        unpublish moderated : author
        release draft       : nobody
        release published   : nobody
        release moderated   : moderator
        """;

    protected override string FieldTable => """
        Id read              : visitor, stranger, author, moderator
        Title read           : visitor, stranger, author, moderator
        Title create         : stranger, author, moderator
        Title update         : stranger, author, moderator
        Text read            : visitor, stranger, author, moderator
        Text create          : stranger, author, moderator
        Text update          : stranger, author, moderator
        Author read          : visitor, stranger, author, moderator
        AuthorId read        : nobody
        IsPublished read     : visitor, stranger, author, moderator
        Created read         : visitor, stranger, author, moderator
        Changed read         : visitor, stranger, author, moderator
        Version read         : visitor, stranger, author, moderator
        Version update       : stranger, author, moderator
        Moderation read      : moderator
        Moderation unpublish : moderator
        """;
}
