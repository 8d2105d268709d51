using WebApp.Notes;
using WebApp.Notes.Store;

namespace Tests.Notes;

/// <summary>What every store of notes does.</summary>
public abstract class NotesConformance
{
    private readonly string author = Guid.NewGuid().ToString("N");

    protected abstract INotes Notes { get; }

    private NoteList Mine => NoteList.By(author);

    [SkippableFact]
    public async Task A_note_is_found_as_it_was_written()
    {
        var note = New("\u202Etitle 👩‍👩‍👧 <script>");
        note.Text = "line\n\"quoted\" \\ ' ; " + new string('ü', 20_000);
        note.Moderation = "reason";
        note.IsPublished = true;
        await Notes.AddAsync(note, default);

        Assert.Equivalent(note, await Notes.FindAsync(note.Id, default), strict: true);
    }

    [SkippableFact]
    public async Task What_does_not_exist_is_null()
    {
        Assert.Null(await Notes.FindAsync("nothing", default));
        Assert.Null(await Notes.FindAsync("", default));
        Assert.Empty(await Notes.ListAsync(NoteList.By("nobody"), null, 10, default));
    }

    [SkippableFact]
    public async Task Changes_that_were_not_written_are_not_there()
    {
        var note = await AddAsync();
        note.Title = "not written";
        (await Notes.FindAsync(note.Id, default))!.Title = "not written";

        Assert.Equal("title", (await Notes.FindAsync(note.Id, default))!.Title);
    }

    [SkippableFact]
    public async Task Of_many_who_change_a_note_at_the_same_time_one_succeeds()
    {
        var note = await AddAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            var copy = note.Copy();
            copy.Title = $"{i}";
            return (copy.Title, IsWritten: await Notes.TryWriteAsync(copy, default));
        }));

        Assert.Equal(Assert.Single(results, result => result.IsWritten).Title, (await Notes.FindAsync(note.Id, default))!.Title);
    }

    [SkippableFact]
    public async Task A_note_that_has_changed_is_not_removed_and_one_that_is_removed_is_not_changed()
    {
        var note = await AddAsync();
        var old = note.Copy();
        Assert.True(await Notes.TryWriteAsync(note, default));

        Assert.False(await Notes.TryRemoveAsync(old, default));
        Assert.True(await Notes.TryRemoveAsync(note, default));
        Assert.False(await Notes.TryRemoveAsync(note, default));
        Assert.False(await Notes.TryWriteAsync(note, default));
        Assert.Null(await Notes.FindAsync(note.Id, default));
        Assert.Empty(await Notes.ListAsync(Mine, null, 10, default));
    }

    [SkippableFact]
    public async Task Lists_follow_what_becomes_of_a_note()
    {
        var note = await AddAsync();
        Assert.Equal((false, false, true), await ListedAsync(note));

        note.IsPublished = true;
        await Notes.TryWriteAsync(note, default);
        Assert.Equal((true, false, true), await ListedAsync(note));

        (note.IsPublished, note.Moderation) = (false, "spam");
        await Notes.TryWriteAsync(note, default);
        Assert.Equal((false, true, true), await ListedAsync(note));
    }

    [SkippableFact]
    public async Task A_list_is_told_newest_first_and_goes_on_after_a_note_that_is_gone()
    {
        var notes = new List<Note>();
        for (var i = 0; i < 7; i++)
        {
            notes.Insert(0, await AddAsync());
            await Task.Delay(2); // ids are ordered by the millisecond
        }

        var first = await Notes.ListAsync(Mine, null, 3, default);
        await Notes.TryRemoveAsync(first[^1], default);
        var rest = await Notes.ListAsync(Mine, first[^1].Id, 10, default);

        Assert.Equal(notes.Select(note => note.Id), first.Concat(rest).Select(note => note.Id));
    }

    [SkippableFact]
    public async Task Of_parallel_publishing_and_unpublishing_the_list_tells_the_last()
    {
        var note = await AddAsync();
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
            {
                var copy = (await Notes.FindAsync(note.Id, default))!;
                copy.IsPublished = i % 2 == 0;
                await Notes.TryWriteAsync(copy, default);
            }));

            Assert.Equal((await Notes.FindAsync(note.Id, default))!.IsPublished, (await ListedAsync(note)).Published);
        }
    }

    private Note New(string title) => new() { AuthorId = author, Author = "Ann", Title = title, Text = "text", Created = DateTimeOffset.UtcNow, Changed = DateTimeOffset.UtcNow };

    private async Task<Note> AddAsync()
    {
        var note = New("title");
        await Notes.AddAsync(note, default);
        return note;
    }

    private async Task<(bool Published, bool Moderated, bool Mine)> ListedAsync(Note note)
    {
        return (await HasAsync(NoteList.Published), await HasAsync(NoteList.Moderated), await HasAsync(Mine));

        async Task<bool> HasAsync(NoteList list) => (await Notes.ListAsync(list, null, 100, default)).Any(listed => listed.Id == note.Id);
    }
}
