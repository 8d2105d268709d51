using System.Security.Claims;
using ServiceDefaults.Identity;

namespace ServiceDefaults.AccessControl;

/// <summary>Who asks, as policies see them.</summary>
/// <param name="principal">The user of the request.</param>
public sealed class Caller(ClaimsPrincipal principal)
{
    /// <summary>New in every process: no stored item can hold it.</summary>
    private static readonly string Nobody = $"nobody:{Guid.NewGuid():N}";

    /// <summary>Whether they have signed in.</summary>
    public bool IsSignedIn { get; } = principal.Identity?.IsAuthenticated == true;

    /// <summary>
    /// The user's id. For a visitor it is a value that no item holds, and not null: <c>note.AuthorId == caller.Id</c> must
    /// not become true for a note without an author.
    /// </summary>
    public string Id { get; } = principal.Identity?.IsAuthenticated == true ? SignedInUser.IdOf(principal) : Nobody;

    /// <summary>Whether they have a role.</summary>
    /// <param name="role">The role.</param>
    public bool IsInRole(string role) => IsSignedIn && principal.IsInRole(role);
}

/// <summary>A gate: may this caller pass, whatever the item?</summary>
/// <param name="caller">Who asks.</param>
/// <returns>Whether they may.</returns>
public delegate bool Gate(Caller caller);
