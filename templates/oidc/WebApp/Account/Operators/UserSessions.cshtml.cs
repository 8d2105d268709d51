using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.Identity;
using WebApp.Account.Sessions;

namespace WebApp.Account.Operators;

/// <summary>Where any user is signed in, for an operator; ends one or all (ASVS 7.4.5). Their own session an operator ends by signing out.</summary>
[Authorize(OperatorRole.Policy)]
public sealed class UserSessionsModel(SignedInSessions sessions, TimeProvider clock) : PageModel
{
    /// <summary>In characters (OpenID Connect Core, section 2).</summary>
    public const int LongestId = 255;

    [BindProperty(SupportsGet = true), StringLength(LongestId)]
    public string Id { get; set; } = "";

    [TempData]
    public string? Message { get; set; }

    public SessionList List { get; private set; } = new([], "", default);

    private string By => SignedInUser.IdOf(User);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return NotFound();
        }

        List = new SessionList(await sessions.ListAsync(Id, cancellationToken), HttpContext.Session.Id, clock.GetUtcNow());
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync(string session, CancellationToken cancellationToken)
    {
        Message = await sessions.EndAsync(Id, session, By, cancellationToken) ? "The session has ended." : "That session had ended already.";
        return RedirectToPage(new { Id });
    }

    public async Task<IActionResult> OnPostEndAllAsync(CancellationToken cancellationToken)
    {
        var count = await sessions.EndAllAsync(Id, except: HttpContext.Session.Id, By, cancellationToken);
        Message = count == 1 ? "One session has ended." : $"{count} sessions have ended.";
        return RedirectToPage(new { Id });
    }
}
