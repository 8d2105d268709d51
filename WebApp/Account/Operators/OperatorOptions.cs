using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace WebApp.Account.Operators;

/// <summary>Who runs this site. Configuration section <c>Operators</c>.</summary>
public sealed class OperatorOptions
{
    /// <summary>
    /// The names of the accounts that are operators. Register the account first, then add its name here: while a name
    /// stands here nobody can register it. Default: none.
    /// </summary>
    public IList<string> Names { get; } = [];

    /// <summary>Whether somebody is one of them. Only accounts of this site: a name from a remote provider is whatever somebody calls themselves there.</summary>
    public bool Includes(ClaimsPrincipal user) =>
        Include(user.Identities.FirstOrDefault(identity => identity.AuthenticationType == IdentityConstants.ApplicationScheme)?.Name);

    /// <summary>Whether a name is one of them.</summary>
    public bool Include(string? name) => name is not null && Names.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase);
}
