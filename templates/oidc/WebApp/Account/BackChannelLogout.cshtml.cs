using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ServiceDefaults.Identity;
using WebApp.Account.OpenIdConnect;

namespace WebApp.Account;

/// <summary>Where the provider says that somebody has signed out, or was shut out, there: it ends their sessions here (OpenID Connect Back-Channel Logout 1.0).</summary>
/// <remarks>It is no browser that comes, and the proof is the token's signature. Sessions that began after the token was issued stay: an old one that is sent again ends nothing.</remarks>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class BackChannelLogoutModel(LogoutTokens tokens, SignedInSessions sessions) : PageModel
{
    [BindProperty(Name = "logout_token")]
    [Required, StringLength(8192)]
    public string Token { get; set; } = "";

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || await tokens.ReadAsync(Token, cancellationToken) is not { } logout)
        {
            return BadRequest();
        }

        foreach (var session in await sessions.ListAsync(logout.User, cancellationToken))
        {
            if (session.SignIn.Since <= logout.IssuedAt)
            {
                await sessions.EndAsync(logout.User, session.SignIn.Session, by: "the provider", cancellationToken);
            }
        }

        return new OkResult();
    }
}
