using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.Caching;
using ServiceDefaults.Limits.Queries;
using WebApp.Notes.Store;

namespace WebApp.Notes;

/// <summary>What has been published; the same for everybody, so that caches may keep it.</summary>
[AllowAnonymous]
[CacheHint(MaxAgeSeconds = PublicNotes.MaxAgeSeconds, Scope = CacheScope.Public, Tags = [PublicNotes.Tag])]
public sealed class IndexModel(NoteDesk desk) : PageModel
{
    public Page<Note> Notes { get; private set; } = new([], null);

    public bool IsFirst { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var page = PageRequest.From(Request.Query);
        IsFirst = page.After is null;
        try
        {
            Notes = await desk.ListAsync(NoteList.Published, page, cancellationToken);
        }
        catch (QueryRefusedException refusal)
        {
            ModelState.AddModelError("", refusal.Answer);
            Response.StatusCode = refusal.StatusCode;
        }
    }
}
