using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WebApp.Account.Users;

namespace WebApp.Account.Operators;

/// <summary>Finds a user for an operator. By POST: a name in an address would end up in logs.</summary>
[Authorize(OperatorRole.Policy)]
public sealed class UsersModel(UserManager<User> users) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Enter a name."), StringLength(AccountName.MaxLength, ErrorMessage = AccountName.TooLong)]
    public string Name { get; set; } = "";

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await users.FindByNameAsync(Name.Trim()) is { } user)
        {
            return RedirectToPage("/Account/Operators/UserSessions", new { user.Id });
        }

        ModelState.AddModelError(nameof(Name), "There is no user of this name.");
        return Page();
    }
}
