using WebApp.Notes.Store;

namespace WebApp.Notes;

/// <summary>In Development: a few notes, so that the pages are not empty. Their ids are fixed, so replicas that start together write the same ones.</summary>
/// <param name="notes">Where they are kept.</param>
/// <param name="clock">The time.</param>
/// <param name="environment">Where it runs.</param>
internal sealed class FirstNotes(INotes notes, TimeProvider clock, IHostEnvironment environment) : IHostedService
{
    private static readonly (string Author, string Title, string Text)[] All =
    [
        ("Mira", "Where to begin", "Every feature of this application is a folder. This one is called Notes: its policy says who may read, write and publish, and the pages and the JSON API both ask it.\n\nRegister, write a note of your own, and publish it."),
        ("Yusuf", "ملاحظة بالعربية", "يُكتب النص من اليمين إلى اليسار، والصفحة تعرف ذلك من تلقاء نفسها."),
        ("Ines", "What a stranger sees", "A note that is not published does not exist for anybody but its author: the answer is the same as for one that was never written."),
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment() || (await notes.ListAsync(NoteList.Published, after: null, count: 1, cancellationToken)).Count > 0)
        {
            return;
        }

        foreach (var (index, (author, title, text)) in All.Index())
        {
            var now = clock.GetUtcNow();
            var note = new Note { Id = $"{index:x32}", Author = author, AuthorId = "development", Title = title, Text = text, IsPublished = true, Created = now, Changed = now };
            await notes.AddAsync(note, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
