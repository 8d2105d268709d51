using System.Collections.Concurrent;

namespace WebApp.Notes.Store;

/// <summary>Notes in this process, gone with it: for development without Redis.</summary>
public sealed class MemoryNotes : INotes
{
    private readonly ConcurrentDictionary<string, Note> notes = new(StringComparer.Ordinal);

    public Task<Note?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(notes.TryGetValue(id, out var note) ? note.Copy() : null);

    public Task AddAsync(Note note, CancellationToken cancellationToken)
    {
        note.Version = NewVersion();
        notes[note.Id] = note.Copy();
        return Task.CompletedTask;
    }

    public Task<bool> TryWriteAsync(Note note, CancellationToken cancellationToken)
    {
        var seen = note.Version;
        note.Version = NewVersion();
        return Task.FromResult(notes.TryGetValue(note.Id, out var old) && old.Version == seen && notes.TryUpdate(note.Id, note.Copy(), old));
    }

    public Task<bool> TryRemoveAsync(Note note, CancellationToken cancellationToken) =>
        Task.FromResult(notes.TryGetValue(note.Id, out var old) && old.Version == note.Version && notes.TryRemove(KeyValuePair.Create(note.Id, old)));

    public Task<IReadOnlyList<Note>> ListAsync(NoteList list, string? after, int count, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Note>>(
    [
        .. notes.Values
            .Where(note => list.Holds(note) && (after is null || string.CompareOrdinal(note.Id, after) < 0))
            .OrderByDescending(note => note.Id, StringComparer.Ordinal)
            .Take(count)
            .Select(note => note.Copy()),
    ]);

    private static string NewVersion() => Guid.NewGuid().ToString("N");
}
