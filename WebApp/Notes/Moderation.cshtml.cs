using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.AccessControl;
using ServiceDefaults.Limits.Queries;
using WebApp.Notes.Store;

namespace WebApp.Notes;

/// <summary>For moderators: what is published, and what they have taken off the site.</summary>
[RequireAccess<Note>("release")]
public sealed class ModerationModel(NoteDesk desk, Access access) : PageModel
{
    public Page<Note> Published { get; private set; } = new([], null);

    public Page<Note> Moderated { get; private set; } = new([], null);

    [TempData]
    public string? Message { get; set; }

    public string? ReasonFor(Note note) => access.Read(note, item => item.Moderation);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Published = await desk.ListAsync(NoteList.Published, PageRequest.From(Request.Query), cancellationToken);
        Moderated = await desk.ListAsync(NoteList.Moderated, new PageRequest(), cancellationToken);
    }

    public async Task<IActionResult> OnPostReleaseAsync(string id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(NotePolicy.Release, id, cancellationToken) is not { } note)
        {
            return NotFound();
        }

        Message = await desk.TryReleaseAsync(note, cancellationToken)
            ? "The author can publish the note again."
            : "The note was changed elsewhere at the same moment. Look at it, and try again.";
        return RedirectToPage();
    }
}
