using ServiceDefaults.AccessControl;
using WebApp.Account.Operators;

namespace WebApp.Notes;

/// <summary>Anybody reads what is published; authors do what they like with their own notes; operators moderate.</summary>
public sealed class NotePolicy : AccessPolicy<Note>
{
    public static readonly Operation Publish = new("publish");

    public static readonly Operation Unpublish = new("unpublish");

    /// <summary>Let a note be published again.</summary>
    public static readonly Operation Release = new("release");

    public NotePolicy()
    {
        var moderator = InRole(OperatorRole.Role);

        Allow(Operation.Read, Everyone, (note, caller) => note.IsPublished || note.AuthorId == caller.Id);
        Allow(Operation.Read, moderator, (note, _) => note.Moderation != null);
        Allow(Operation.Create, SignedIn);
        Allow(Operation.Update, SignedIn, (note, caller) => note.AuthorId == caller.Id);
        Allow(Operation.Delete, SignedIn, (note, caller) => note.AuthorId == caller.Id);
        Allow(Publish, SignedIn, (note, caller) => note.AuthorId == caller.Id && note.Moderation == null);
        Allow(Unpublish, SignedIn, (note, caller) => note.AuthorId == caller.Id);
        Allow(Unpublish, moderator, (note, _) => note.IsPublished);
        Allow(Release, moderator, (note, _) => note.Moderation != null);

        Field(note => note.Id).ReadBy(Everyone);
        Field(note => note.Title).ReadBy(Everyone).WrittenBy(SignedIn, Operation.Create, Operation.Update);
        Field(note => note.Text).ReadBy(Everyone).WrittenBy(SignedIn, Operation.Create, Operation.Update);
        Field(note => note.Author).ReadBy(Everyone);
        Field(note => note.IsPublished).ReadBy(Everyone);
        Field(note => note.Created).ReadBy(Everyone);
        Field(note => note.Changed).ReadBy(Everyone);
        Field(note => note.Version).ReadBy(Everyone).WrittenBy(SignedIn, Operation.Update);
        Field(note => note.Moderation).ReadBy(moderator).WrittenBy(moderator, Unpublish);
    }
}
