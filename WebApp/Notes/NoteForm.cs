using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.AccessControl;

namespace WebApp.Notes;

/// <summary>A page on which a note is written: what was typed, and what is wrong with it.</summary>
/// <param name="access">What the caller may do.</param>
public abstract class NoteForm(Access access) : PageModel
{
    [BindProperty, MaxLength(NoteRules.TitleLength)]
    public string? Title { get; set; }

    [BindProperty, MaxLength(NoteRules.TextLength)]
    public string? Text { get; set; }

    [TempData]
    public string? Message { get; set; }

    /// <summary>What there is to say when it is kept.</summary>
    protected static string Kept(Note note) => note.IsPublished ? "Your note is published." : "Your note is saved. Only you see it.";

    /// <summary>Puts what was typed into a note; false, with the reasons in the model state, when it cannot be kept.</summary>
    protected bool TryApplyTo(Note note, Operation operation, bool isPublished)
    {
        ModelState.Clear(); // what is wrong is said below, in words
        note.Title = Title ?? "";
        note.Text = Text ?? "";
        NoteRules.Tidy(note);
        foreach (var (field, problem) in DeniedFields(operation).Concat(NoteRules.Problems(note)))
        {
            ModelState.AddModelError(field, problem);
        }

        if (isPublished && !access.Allows(NotePolicy.Publish, note))
        {
            ModelState.AddModelError("", "A moderator has taken this note off the site, so it cannot be published. It can be saved as a draft.");
        }

        note.IsPublished = isPublished;
        return ModelState.IsValid;
    }

    /// <summary>Fields of a note that the form does not have, and that somebody has added to it.</summary>
    private IEnumerable<(string, string)> DeniedFields(Operation operation) =>
        from field in Request.Form.Keys
        where typeof(Note).GetProperty(field) is not null && !access.CanWrite<Note>(operation, field)
        select ("", $"You may not write the field \"{field}\".");
}
