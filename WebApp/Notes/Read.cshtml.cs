using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.AccessControl;
using ServiceDefaults.Caching;

namespace WebApp.Notes;

/// <summary>A note. A published one looks the same to everybody; any other exists only for those who may read it.</summary>
[RequireAccess<Note>("read")]
[CacheHint(MaxAgeSeconds = PublicNotes.MaxAgeSeconds, Scope = CacheScope.Public, Tags = [PublicNotes.Tag])]
public sealed class ReadModel(NoteDesk desk, CacheHints hints) : PageModel
{
    public Note Note { get; private set; } = new();

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(Operation.Read, id, cancellationToken) is not { } note)
        {
            return NotFound();
        }

        Note = note;
        if (!note.IsPublished)
        {
            hints.Endpoint.Set(TimeSpan.Zero, CacheScope.Private);
        }

        return Page();
    }
}
