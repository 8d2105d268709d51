using System.Security.Claims;

namespace ServiceDefaults.Identity;

/// <summary>Who a principal is.</summary>
public static class SignedInUser
{
    /// <summary>The user's id: the claim <see cref="ClaimTypes.NameIdentifier"/>, else <c>sub</c>.</summary>
    /// <param name="user">Somebody who is signed in, or about to be.</param>
    /// <returns>The id.</returns>
    /// <exception cref="InvalidOperationException">There is neither claim: the sign-in could be neither listed nor ended.</exception>
    public static string IdOf(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return (user.FindFirst(ClaimTypes.NameIdentifier) ?? user.FindFirst("sub"))?.Value
            ?? throw new InvalidOperationException(
                $"A user without an id cannot be signed in: a list of their sessions would be impossible. Add the claim {nameof(ClaimTypes)}.{nameof(ClaimTypes.NameIdentifier)}, in a remote scheme by a claim action.");
    }
}
