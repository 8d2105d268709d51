using Tests.Identity;

namespace Tests.Notes;

/// <summary>What everybody may read is kept by caches, and nothing else is.</summary>
public sealed class NoteCachingTests
{
    [Theory]
    [InlineData("/notes")]
    [InlineData("/api/notes")]
    public async Task The_list_is_stored_and_shows_every_change_at_once(string list)
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");
        using var visitor = site.Visitor();

        var first = await visitor.GetAsync(list);
        Assert.True(first.Headers.CacheControl is { Public: true, MaxAge.TotalSeconds: 10 });
        Assert.NotNull((await visitor.GetAsync(list)).Headers.Age);

        var note = await NotePageTests.WriteAsync(ann, "Hot news", "text", "?handler=Publish");
        Assert.Contains("Hot news", await visitor.GetStringAsync(list), StringComparison.Ordinal);

        await ann.SubmitToAsync("/notes/mine", "/notes/mine?handler=Unpublish", ("id", IdIn(note)));
        Assert.DoesNotContain("Hot news", await visitor.GetStringAsync(list), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_published_note_may_be_kept_and_a_draft_may_not()
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");
        using var visitor = site.Visitor();
        var published = "/notes/" + IdIn(await NotePageTests.WriteAsync(ann, "Open", "text", "?handler=Publish"));
        var draft = "/notes/" + IdIn(await NotePageTests.WriteAsync(ann, "Secret", "text"));

        Assert.True((await visitor.GetAsync(published)).Headers.CacheControl is { Public: true, MaxAge.TotalSeconds: 10 });
        Assert.False((await ann.GetAsync(published)).Headers.CacheControl!.NoStore);
        Assert.True((await ann.GetAsync(draft)).Headers.CacheControl is { Private: true, NoStore: true });
        Assert.True((await visitor.GetAsync(draft)).Headers.CacheControl is { Private: true, NoStore: true });
    }

    private static string IdIn(string edit) => edit.Split('/')[2];
}
