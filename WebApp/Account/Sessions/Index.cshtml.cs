using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.Identity;

namespace WebApp.Account.Sessions;

/// <summary>Where the signed-in user is signed in; ends one, all others, or all (ASVS 7.5.2).</summary>
[Authorize]
public sealed class IndexModel(SignedInSessions sessions, TimeProvider clock) : PageModel
{
    [TempData]
    public string? Message { get; set; }

    public SessionList List { get; private set; } = new([], "", default);

    public string UserId => SignedInUser.IdOf(User);

    private string Current => HttpContext.Session.Id;

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        List = new SessionList(await sessions.ListAsync(UserId, cancellationToken), Current, clock.GetUtcNow());

    public async Task<IActionResult> OnPostEndAsync(string session, CancellationToken cancellationToken)
    {
        if (session == Current)
        {
            return SignOut(new AuthenticationProperties { RedirectUri = Url.Content("~/") });
        }

        Message = await sessions.EndAsync(UserId, session, by: UserId, cancellationToken) ? "The session has ended." : "That session had ended already.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEndOthersAsync(CancellationToken cancellationToken)
    {
        Message = await sessions.EndAllAsync(UserId, except: Current, by: UserId, cancellationToken) switch
        {
            0 => "There was no other session.",
            1 => "One other session has ended.",
            var count => $"{count} other sessions have ended.",
        };
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEndAllAsync(CancellationToken cancellationToken)
    {
        await sessions.EndAllAsync(UserId, except: Current, by: UserId, cancellationToken);
        return SignOut(new AuthenticationProperties { RedirectUri = Url.Content("~/") });
    }
}
