using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.Identity;
using ServiceDefaults.Sessions;
using WebApp.Account.Passwords;
using WebApp.Account.Users;

namespace WebApp.Account;

/// <summary>Changes the password and offers to end the other sessions (ASVS 7.4.3). Guesses at the present one count like those at sign-in.</summary>
[Authorize, SignInRate]
public sealed class ChangePasswordModel(UserManager<User> users, PasswordCheck passwords, SignedInSessions sessions, SecurityEvents events) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Enter the password that you have now."), StringLength(PasswordRules.MaxLength, ErrorMessage = PasswordRules.TooLong)]
    public string Password { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Choose a new password."), StringLength(PasswordRules.MaxLength, ErrorMessage = PasswordRules.TooLong)]
    public string NewPassword { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Enter the new password once more."), Compare(nameof(NewPassword), ErrorMessage = "The two new passwords are not the same.")]
    public string Repeated { get; set; } = "";

    [BindProperty]
    public bool EndOthers { get; set; }

    [TempData]
    public string? Message { get; set; }

    public void OnGet() => EndOthers = true;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var answer = await passwords.AskAsync(User.Identity!.Name!, Password, HttpContext.Connection.RemoteIpAddress, cancellationToken);
        if (answer.User is not { } user)
        {
            ModelState.AddModelError(nameof(Password), answer.Attempt.IsAllowed ? "This is not your password." : answer.Refusal);
            return Page();
        }

        var result = await users.ChangePasswordAsync(user, Password, NewPassword);
        if (!result.Succeeded)
        {
            ModelState.AddIdentityErrors(result, nameof(NewPassword), "");
            return Page();
        }

        events.PasswordChanged(user.Id);
        await HttpContext.Session.RenewIdAsync(CancellationToken.None);
        var ended = EndOthers ? await sessions.EndAllAsync(user.Id, except: HttpContext.Session.Id, by: user.Id, CancellationToken.None) : 0;
        Message = ended == 0 ? "Your password has been changed." : "Your password has been changed, and you are signed out everywhere else.";
        return RedirectToPage("/Account/Sessions/Index");
    }
}
