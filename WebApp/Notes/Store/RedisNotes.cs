using System.Globalization;
using ServiceDefaults.Redis;
using StackExchange.Redis;

namespace WebApp.Notes.Store;

/// <summary>Notes in Redis: a hash for each, and for each list a sorted set of ids. The Redis must persist and never evict them, as it must accounts.</summary>
/// <remarks>
/// A script touches one key, so that a cluster can run it. A list is told first, and once more when the note has been
/// written: it may hold an id too many, which reading passes over, and never one too few.
/// </remarks>
/// <param name="redis">Runs the scripts.</param>
public sealed class RedisNotes(RedisScripts redis) : INotes
{
    private const string Read = "return redis.call('HGETALL', KEYS[1])";

    private const string Add = "redis.call('HSET', KEYS[1], unpack(ARGV)) return 1";

    private const string Write = """
        if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], unpack(ARGV, 2))
        return 1
        """;

    private const string Remove = """
        if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end
        return redis.call('UNLINK', KEYS[1])
        """;

    private const string Enlist = "return redis.call('ZADD', KEYS[1], 0, ARGV[1])"; // all scores are equal: the order is that of the ids

    private const string Delist = "return redis.call('ZREM', KEYS[1], ARGV[1])";

    private const string List = "return redis.call('ZREVRANGEBYLEX', KEYS[1], ARGV[1], '-', 'LIMIT', 0, ARGV[2])";

    public async Task<Note?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var fields = (RedisValue[])(await redis.RunAsync(Read, KeyOf(id), [], cancellationToken))!;
        return fields.Length == 0 ? null : ToNote(id, fields);
    }

    public async Task AddAsync(Note note, CancellationToken cancellationToken)
    {
        note.Version = NewVersion();
        await EnlistAsync(note, cancellationToken);
        await redis.RunAsync(Add, KeyOf(note.Id), Fields(note), cancellationToken);
    }

    public async Task<bool> TryWriteAsync(Note note, CancellationToken cancellationToken)
    {
        var seen = note.Version;
        note.Version = NewVersion();
        await EnlistAsync(note, cancellationToken);
        if ((int)await redis.RunAsync(Write, KeyOf(note.Id), [seen, .. Fields(note)], cancellationToken) == 0)
        {
            return false;
        }

        // Another write may have told the lists in between: whoever comes last tells them what stands.
        for (Note? before = null, now = note; now is not null && now.Version != before?.Version; before = now, now = await FindAsync(note.Id, cancellationToken))
        {
            await EnlistAsync(now, cancellationToken);
            await DelistAsync(now, list => !list.Holds(now), cancellationToken);
        }

        return true;
    }

    public async Task<bool> TryRemoveAsync(Note note, CancellationToken cancellationToken)
    {
        if ((int)await redis.RunAsync(Remove, KeyOf(note.Id), [note.Version], cancellationToken) == 0)
        {
            return false;
        }

        await DelistAsync(note, _ => true, cancellationToken);
        return true;
    }

    public async Task<IReadOnlyList<Note>> ListAsync(NoteList list, string? after, int count, CancellationToken cancellationToken)
    {
        var notes = new List<Note>();
        int found;
        do
        {
            var wanted = count - notes.Count;
            var ids = (string[])(await redis.RunAsync(List, KeyOf(list), [after is null ? "+" : "(" + after, wanted], cancellationToken))!;
            var read = await Task.WhenAll(ids.Select(id => FindAsync(id, cancellationToken)));
            notes.AddRange(read.OfType<Note>().Where(list.Holds));
            (found, after) = (ids.Length - wanted, ids.LastOrDefault());
        }
        while (notes.Count < count && found == 0);

        return notes;
    }

    private static string KeyOf(string id) => "note:" + id;

    private static string KeyOf(NoteList list) => "notes:" + list.Key;

    private static string NewVersion() => Guid.NewGuid().ToString("N");

    private static RedisValue[] Fields(Note note) =>
    [
        "title", note.Title,
        "text", note.Text,
        "author-id", note.AuthorId,
        "author", note.Author,
        "published", note.IsPublished,
        "created", note.Created.ToString("O"),
        "changed", note.Changed.ToString("O"),
        "moderation", note.Moderation ?? "",
        "version", note.Version,
    ];

    private static Note ToNote(string id, RedisValue[] fields)
    {
        var values = fields.Chunk(2).ToDictionary(pair => (string)pair[0]!, pair => (string)pair[1]!, StringComparer.Ordinal);
        return new Note
        {
            Id = id,
            Title = values["title"],
            Text = values["text"],
            AuthorId = values["author-id"],
            Author = values["author"],
            IsPublished = values["published"] == "1",
            Created = DateTimeOffset.Parse(values["created"], CultureInfo.InvariantCulture),
            Changed = DateTimeOffset.Parse(values["changed"], CultureInfo.InvariantCulture),
            Moderation = values["moderation"] is { Length: > 0 } moderation ? moderation : null,
            Version = values["version"],
        };
    }

    private Task<RedisResult[]> EnlistAsync(Note note, CancellationToken cancellationToken) => Task.WhenAll(
        NoteList.For(note).Where(list => list.Holds(note)).Select(list => redis.RunAsync(Enlist, KeyOf(list), [note.Id], cancellationToken)));

    private Task<RedisResult[]> DelistAsync(Note note, Func<NoteList, bool> which, CancellationToken cancellationToken) => Task.WhenAll(
        NoteList.For(note).Where(which).Select(list => redis.RunAsync(Delist, KeyOf(list), [note.Id], cancellationToken)));
}
