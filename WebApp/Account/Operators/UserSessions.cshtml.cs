using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.Identity;
using WebApp.Account.Sessions;
using WebApp.Account.Users;

namespace WebApp.Account.Operators;

/// <summary>Where any user is signed in, for an operator; ends one or all (ASVS 7.4.5). Their own session an operator ends by signing out.</summary>
[Authorize(OperatorRole.Policy)]
public sealed class UserSessionsModel(UserManager<User> users, SignedInSessions sessions, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true), StringLength(64)]
    public string Id { get; set; } = "";

    [TempData]
    public string? Message { get; set; }

    public string Name { get; private set; } = "";

    public SessionList List { get; private set; } = new([], "", default);

    private string By => SignedInUser.IdOf(User);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await users.FindByIdAsync(Id) is not { } user)
        {
            return NotFound();
        }

        Name = user.Name;
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
