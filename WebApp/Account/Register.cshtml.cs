using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.Identity;
using WebApp.Account.Passwords;
using WebApp.Account.Users;

namespace WebApp.Account;

/// <summary>Makes an account and signs in.</summary>
[AllowAnonymous, SignInRate]
public sealed class RegisterModel(UserManager<User> users, AccountSignIn accounts, SignInThrottle throttle, SecurityEvents events) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Choose a name."), StringLength(AccountName.MaxLength, MinimumLength = AccountName.MinLength, ErrorMessage = "A name has 3 to 64 characters.")]
    public string Name { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Choose a password."), StringLength(PasswordRules.MaxLength, ErrorMessage = PasswordRules.TooLong)]
    public string Password { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Enter the password once more."), Compare(nameof(Password), ErrorMessage = "The two passwords are not the same.")]
    public string Repeated { get; set; } = "";

    [FromQuery, StringLength(WebApp.Account.ReturnUrl.MaxLength, ErrorMessage = WebApp.Account.ReturnUrl.TooLong)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var wait = await throttle.CountRegistrationAsync(HttpContext.Connection.RemoteIpAddress, cancellationToken);
        if (wait > TimeSpan.Zero)
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            ModelState.AddModelError("", $"Too many accounts have been made from your network. Try again in {Math.Ceiling(wait.TotalMinutes)} minutes.");
            return Page();
        }

        var user = new User { Name = Name.Trim() };
        var result = await users.CreateAsync(user, Password);
        if (!result.Succeeded)
        {
            ModelState.AddIdentityErrors(result, nameof(Password), nameof(Name));
            return Page();
        }

        events.Registered(user.Id);
        await accounts.SignInAsync(HttpContext, user);
        return WebApp.Account.ReturnUrl.To(Url, ReturnUrl);
    }
}
