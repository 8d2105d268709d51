using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.AccessControl;

namespace WebApp.Notes;

/// <summary>Changes a note. When it was changed elsewhere in between, nothing is overwritten and nothing that was typed is lost.</summary>
[RequireAccess<Note>("update")]
[RequestSizeLimit(NoteRules.FormBytes), RequestFormLimits(ValueLengthLimit = NoteRules.FormBytes)]
public sealed class EditModel(NoteDesk desk, Access access) : NoteForm(access)
{
    [BindProperty, MaxLength(64)]
    public string? Version { get; set; }

    /// <summary>The note as somebody else has left it.</summary>
    public Note? Meanwhile { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(Operation.Update, id, cancellationToken) is not { } note)
        {
            return NotFound();
        }

        (Title, Text, Version) = (note.Title, note.Text, note.Version);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(string id, CancellationToken cancellationToken) => SaveAsync(id, isPublished: false, cancellationToken);

    public Task<IActionResult> OnPostPublishAsync(string id, CancellationToken cancellationToken) => SaveAsync(id, isPublished: true, cancellationToken);

    private async Task<IActionResult> SaveAsync(string id, bool isPublished, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(Operation.Update, id, cancellationToken) is not { } note)
        {
            return NotFound();
        }

        if (!TryApplyTo(note, Operation.Update, isPublished))
        {
            return Page();
        }

        note.Version = Version ?? "";
        if (await desk.TrySaveAsync(note, cancellationToken))
        {
            Message = Kept(note);
            return RedirectToPage("/Notes/Mine");
        }

        Meanwhile = await desk.FindAsync(Operation.Update, id, cancellationToken);
        Version = Meanwhile?.Version;
        ModelState.AddModelError("", Meanwhile is null
            ? "This note was deleted elsewhere, perhaps in another tab. What you typed is still here: copy it."
            : "This note was changed elsewhere, perhaps in another tab. What you typed is still here; saving it again replaces what is stored now.");
        return Page();
    }
}
