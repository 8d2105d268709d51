using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WebApp.Account.OpenIdConnect;

namespace WebApp.Account;

/// <summary>Sends people to the provider, which sends them back. By a link, since a form may only go to this site.</summary>
[AllowAnonymous]
public sealed class SignInModel(Provider provider) : PageModel
{
    [FromQuery, StringLength(WebApp.Account.ReturnUrl.MaxLength, ErrorMessage = WebApp.Account.ReturnUrl.TooLong)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await provider.ConfigurationAsync(cancellationToken); // or a 503 that says it
        var back = ModelState.IsValid ? WebApp.Account.ReturnUrl.To(Url, ReturnUrl).Url : "~/";
        return Challenge(new AuthenticationProperties { RedirectUri = Url.Content(back) }, OpenIdConnectDefaults.AuthenticationScheme);
    }
}
