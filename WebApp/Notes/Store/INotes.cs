namespace WebApp.Notes.Store;

/// <summary>Where notes are kept. It asks nobody for permission: that is <see cref="NotePolicy"/>, in front of it.</summary>
public interface INotes
{
    /// <summary>A note; null when there is none.</summary>
    Task<Note?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds a note.</summary>
    Task AddAsync(Note note, CancellationToken cancellationToken);

    /// <summary>Writes a note and gives it a new version; false when somebody else has written since <see cref="Note.Version"/>, or the note is gone.</summary>
    Task<bool> TryWriteAsync(Note note, CancellationToken cancellationToken);

    /// <summary>Removes a note; false when somebody else has written since <see cref="Note.Version"/>, or the note is gone.</summary>
    Task<bool> TryRemoveAsync(Note note, CancellationToken cancellationToken);

    /// <summary>The notes of a list, newest first.</summary>
    /// <param name="list">The list.</param>
    /// <param name="after">The id of the note after which to begin; null at the newest. The note itself may be gone.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    Task<IReadOnlyList<Note>> ListAsync(NoteList list, string? after, int count, CancellationToken cancellationToken);
}

/// <summary>Notes that are asked for together.</summary>
/// <param name="Name">Its name, as limits know it.</param>
/// <param name="Key">Its key in the store.</param>
/// <param name="Holds">Whether a note is in it.</param>
public sealed record NoteList(string Name, string Key, Func<Note, bool> Holds)
{
    public static readonly NoteList Published = new("notes", "published", note => note.IsPublished);

    public static readonly NoteList Moderated = new("moderated-notes", "moderated", note => note.Moderation is not null);

    public static NoteList By(string authorId) => new("own-notes", "by:" + authorId, note => note.AuthorId == authorId);

    /// <summary>All the lists that a note could be in.</summary>
    internal static IEnumerable<NoteList> For(Note note) => [Published, Moderated, By(note.AuthorId)];
}
