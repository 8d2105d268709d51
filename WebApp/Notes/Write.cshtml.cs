using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.AccessControl;

namespace WebApp.Notes;

/// <summary>A new note.</summary>
[RequireAccess<Note>("create")]
[RequestSizeLimit(NoteRules.FormBytes), RequestFormLimits(ValueLengthLimit = NoteRules.FormBytes)]
public sealed class WriteModel(NoteDesk desk, Access access) : NoteForm(access)
{
    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => SaveAsync(isPublished: false, cancellationToken);

    public Task<IActionResult> OnPostPublishAsync(CancellationToken cancellationToken) => SaveAsync(isPublished: true, cancellationToken);

    private async Task<IActionResult> SaveAsync(bool isPublished, CancellationToken cancellationToken)
    {
        var note = desk.New(User.Identity?.Name);
        if (!TryApplyTo(note, Operation.Create, isPublished))
        {
            return Page();
        }

        await desk.AddAsync(note, cancellationToken);
        Message = Kept(note);
        return RedirectToPage("/Notes/Mine");
    }
}
