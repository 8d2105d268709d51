using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.Identity;
using WebApp.Account.Passwords;

namespace WebApp.Account;

/// <summary>Signs in with a name and a password.</summary>
[AllowAnonymous, SignInRate]
public sealed class SignInModel(PasswordCheck passwords, AccountSignIn accounts) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Enter your name."), StringLength(AccountName.MaxLength, ErrorMessage = AccountName.TooLong)]
    public string Name { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Enter your password."), StringLength(PasswordRules.MaxLength, ErrorMessage = PasswordRules.TooLong)]
    public string Password { get; set; } = "";

    [FromQuery, StringLength(WebApp.Account.ReturnUrl.MaxLength, ErrorMessage = WebApp.Account.ReturnUrl.TooLong)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var answer = await passwords.AskAsync(Name, Password, HttpContext.Connection.RemoteIpAddress, cancellationToken);
        if (answer.User is { } user)
        {
            await accounts.SignInAsync(HttpContext, user);
            return WebApp.Account.ReturnUrl.To(Url, ReturnUrl);
        }

        if (answer.Attempt.AddressWait is { } wait)
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        ModelState.AddModelError("", answer.Refusal);
        return Page();
    }
}
