using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace WebApp.Account.Operators;

/// <summary>Finds a user for an operator, by the id at the provider: this site has no list of names.</summary>
[Authorize(OperatorRole.Policy)]
public sealed class UsersModel : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Enter an id."), StringLength(UserSessionsModel.LongestId, ErrorMessage = "An id has at most 255 characters.")]
    public string Id { get; set; } = "";

    public IActionResult OnPost() => ModelState.IsValid ? RedirectToPage("/Account/Operators/UserSessions", new { Id = Id.Trim() }) : Page();
}
