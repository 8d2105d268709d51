using Microsoft.AspNetCore.OutputCaching;
using ServiceDefaults.AccessControl;
using ServiceDefaults.Limits.Queries;
using WebApp.Notes.Store;

namespace WebApp.Notes;

/// <summary>What the pages and the API do with notes, within what the caller may do.</summary>
/// <param name="notes">Where they are kept.</param>
/// <param name="access">What the caller may do.</param>
/// <param name="queries">How much a list may return.</param>
/// <param name="cache">What is stored of public answers.</param>
/// <param name="clock">The time.</param>
public sealed class NoteDesk(INotes notes, Access access, LimitedQueries queries, IOutputCacheStore cache, TimeProvider clock)
{
    /// <summary>A note, if it exists and the operation is allowed on it; null in both other cases.</summary>
    public async Task<Note?> FindAsync(Operation operation, string id, CancellationToken cancellationToken) =>
        await notes.FindAsync(id, cancellationToken) is { } note ? access.Everyone.Allowed(operation, note) ?? access.Allowed(operation, note) : null;

    /// <summary>A page of those notes of a list that the caller may read.</summary>
    public async Task<Page<Note>> ListAsync(NoteList list, PageRequest page, CancellationToken cancellationToken)
    {
        var found = await queries.PageAsync(list.Name, page, (after, count) => notes.ListAsync(list, after, count, cancellationToken), note => note.Id);
        var reader = list == NoteList.Published ? access.Everyone : access; // the same for everybody, so that caches may keep it
        return found with { Items = [.. reader.Filter(Operation.Read, found.Items)] };
    }

    /// <summary>A new note of the caller's, not yet kept.</summary>
    public Note New(string? author) => new() { AuthorId = access.Caller.Id, Author = author ?? "", Created = clock.GetUtcNow(), Changed = clock.GetUtcNow() };

    /// <summary>Keeps a new note.</summary>
    public async Task AddAsync(Note note, CancellationToken cancellationToken)
    {
        await notes.AddAsync(note, cancellationToken);
        await cache.EvictByTagAsync(PublicNotes.Tag, cancellationToken);
    }

    /// <summary>Keeps changed words, unless somebody else has written since.</summary>
    public Task<bool> TrySaveAsync(Note note, CancellationToken cancellationToken)
    {
        note.Changed = clock.GetUtcNow();
        return TryWriteAsync(note, cancellationToken);
    }

    /// <summary>Shows the note to everybody.</summary>
    public Task<bool> TryPublishAsync(Note note, CancellationToken cancellationToken)
    {
        note.IsPublished = true;
        return TryWriteAsync(note, cancellationToken);
    }

    /// <summary>Takes the note off the site.</summary>
    public Task<bool> TryUnpublishAsync(Note note, CancellationToken cancellationToken)
    {
        note.IsPublished = false;
        return TryWriteAsync(note, cancellationToken);
    }

    /// <summary>Lets the author publish the note again.</summary>
    public Task<bool> TryReleaseAsync(Note note, CancellationToken cancellationToken)
    {
        note.Moderation = null;
        return TryWriteAsync(note, cancellationToken);
    }

    /// <summary>Removes the note for good.</summary>
    public Task<bool> TryDeleteAsync(Note note, CancellationToken cancellationToken) => ShownAsync(notes.TryRemoveAsync(note, cancellationToken), cancellationToken);

    /// <summary>Whether the caller takes off somebody else's note, and so has to say why.</summary>
    public bool Moderates(Note note) => note.AuthorId != access.Caller.Id;

    private Task<bool> TryWriteAsync(Note note, CancellationToken cancellationToken) => ShownAsync(notes.TryWriteAsync(note, cancellationToken), cancellationToken);

    /// <summary>What has changed is seen at once: no stored answer stands in the way.</summary>
    private async Task<bool> ShownAsync(Task<bool> change, CancellationToken cancellationToken)
    {
        var isDone = await change;
        if (isDone)
        {
            await cache.EvictByTagAsync(PublicNotes.Tag, cancellationToken);
        }

        return isDone;
    }
}
