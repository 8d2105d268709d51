using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using WebApp.Account.Users;

namespace WebApp.Account;

/// <summary>Signs an account in, once it is known whose it is.</summary>
/// <param name="principals">Makes the claims.</param>
public sealed class AccountSignIn(IUserClaimsPrincipalFactory<User> principals)
{
    /// <summary>Signs in: the session gets a new id, and the sign-in is listed.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">Who.</param>
    /// <returns>A task that completes when it is done.</returns>
    public async Task SignInAsync(HttpContext context, User user) => await context.SignInAsync(await principals.CreateAsync(user));
}
