using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace WebApp.Account.Operators;

/// <summary>Gives operators their role with every request, from the configuration: it is stored nowhere, and whoever is removed there has lost it.</summary>
/// <param name="options">Who they are.</param>
public sealed class OperatorRole(IOptions<OperatorOptions> options) : IClaimsTransformation
{
    /// <summary>The role.</summary>
    public const string Role = "Operator";

    /// <summary>The policy that asks for it.</summary>
    public const string Policy = "Operator";

    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (!options.Value.Includes(principal) || principal.IsInRole(Role))
        {
            return Task.FromResult(principal);
        }

        var with = new ClaimsPrincipal(principal);
        with.AddIdentity(new ClaimsIdentity([new Claim(ClaimTypes.Role, Role)]));
        return Task.FromResult(with);
    }
}
