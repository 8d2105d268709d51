using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace WebApp.Account.Operators;

/// <summary>Who runs this site. Configuration section <c>Operators</c>.</summary>
public sealed class OperatorOptions
{
    /// <summary>
    /// The ids at the provider (<c>sub</c>) of the people who are operators; everybody finds their own at
    /// <c>/account/sessions</c>. Not names: those are whatever somebody calls themselves there. Default: none.
    /// </summary>
    public IList<string> Ids { get; } = [];

    /// <summary>Whether somebody is one of them. Only people of the provider: elsewhere the same id may be somebody else's.</summary>
    public bool Includes(ClaimsPrincipal user) =>
        user.Identities.FirstOrDefault(identity => identity.AuthenticationType == OpenIdConnectDefaults.AuthenticationScheme)?.FindFirst(ClaimTypes.NameIdentifier) is { Value: var id }
        && Ids.Contains(id, StringComparer.Ordinal);
}
