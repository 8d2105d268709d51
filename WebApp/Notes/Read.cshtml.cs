using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.AccessControl;
using ServiceDefaults.Caching;

namespace WebApp.Notes;

/// <summary>A note. A published one looks the same to everybody; any other exists only for those who may read it,
/// and because they are looked at, the hint does not hold for it.</summary>
[AllowAnonymous]
[CacheHint(MaxAgeSeconds = PublicNotes.MaxAgeSeconds, Scope = CacheScope.Public, Tags = [PublicNotes.Tag])]
public sealed class ReadModel(NoteDesk desk) : PageModel
{
    public Note Note { get; private set; } = new();

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(Operation.Read, id, cancellationToken) is not { } note)
        {
            return NotFound();
        }

        Note = note;
        return Page();
    }
}
