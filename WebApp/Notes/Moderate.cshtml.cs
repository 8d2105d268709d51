using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.AccessControl;

namespace WebApp.Notes;

/// <summary>For moderators: unpublishes a note, with the reason.</summary>
[RequireAccess<Note>("release")]
public sealed class ModerateModel(NoteDesk desk) : PageModel
{
    public Note Note { get; private set; } = new();

    [BindProperty, MaxLength(NoteRules.ModerationLength)]
    public string? Moderation { get; set; }

    [TempData]
    public string? Message { get; set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancellationToken)
    {
        if (!await FindAsync(id, cancellationToken))
        {
            return NotFound();
        }

        ModelState.Clear(); // what is wrong is said below, in words
        foreach (var (field, problem) in NoteRules.ModerationProblems(Moderation))
        {
            ModelState.AddModelError(field, problem);
            return Page();
        }

        Note.Moderation = Moderation!.Trim();
        if (!await desk.TryUnpublishAsync(Note, cancellationToken))
        {
            await FindAsync(id, cancellationToken);
            ModelState.AddModelError("", "The note was changed elsewhere at the same moment. Look at it, and try again.");
            return Page();
        }

        Message = "The note is off the site.";
        return RedirectToPage("/Notes/Moderation");
    }

    private async Task<bool> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(NotePolicy.Unpublish, id, cancellationToken) is not { } note)
        {
            return false;
        }

        Note = note;
        return true;
    }
}
