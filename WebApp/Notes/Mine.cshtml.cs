using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.AccessControl;
using ServiceDefaults.Limits.Queries;
using WebApp.Notes.Store;

namespace WebApp.Notes;

/// <summary>An author's own notes, and what can be done with each.</summary>
[RequireAccess<Note>("create")]
public sealed class MineModel(NoteDesk desk, Access access, TimeProvider clock) : PageModel
{
    public Page<Note> Notes { get; private set; } = new([], null);

    public DateTimeOffset Now => clock.GetUtcNow();

    [TempData]
    public string? Message { get; set; }

    public bool MayPublish(Note note) => access.Allows(NotePolicy.Publish, note);

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Notes = await desk.ListAsync(NoteList.By(access.Caller.Id), PageRequest.From(Request.Query), cancellationToken);

    public Task<IActionResult> OnPostPublishAsync(string id, CancellationToken cancellationToken) =>
        DoAsync(NotePolicy.Publish, id, note => desk.TryPublishAsync(note, cancellationToken), "Your note is published.", cancellationToken);

    public Task<IActionResult> OnPostUnpublishAsync(string id, CancellationToken cancellationToken) =>
        DoAsync(NotePolicy.Unpublish, id, note => desk.TryUnpublishAsync(note, cancellationToken), "Your note is not published any more.", cancellationToken);

    public Task<IActionResult> OnPostDeleteAsync(string id, CancellationToken cancellationToken) =>
        DoAsync(Operation.Delete, id, note => desk.TryDeleteAsync(note, cancellationToken), "Your note is deleted.", cancellationToken);

    private async Task<IActionResult> DoAsync(Operation operation, string id, Func<Note, Task<bool>> change, string done, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(operation, id, cancellationToken) is not { } note)
        {
            return NotFound();
        }

        Message = await change(note) ? done : "The note was changed elsewhere at the same moment. Look at it, and try again.";
        return RedirectToPage();
    }
}
