using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace WebApp.Account;

/// <summary>Ends this session. By POST only: a link elsewhere signs nobody out.</summary>
[AllowAnonymous]
public sealed class SignOutModel : PageModel
{
    public IActionResult OnPost() => SignOut(new AuthenticationProperties { RedirectUri = Url.Page("/Account/SignedOut") });
}
