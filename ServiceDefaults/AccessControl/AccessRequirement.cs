using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace ServiceDefaults.AccessControl;

/// <summary>The operation must be allowed at all, on whichever item.</summary>
internal abstract record AccessRequirement : IAuthorizationRequirement
{
    /// <summary>
    /// The policy that <see cref="RequireAccessAttribute{T}"/> names. It asks nothing by itself: without a name the default
    /// policy would be asked as well, which keeps visitors out.
    /// </summary>
    public const string PolicyName = "Access";

    public abstract bool IsMet(Access access, ClaimsPrincipal user);
}

internal sealed record AccessRequirement<T>(Operation Operation) : AccessRequirement
    where T : class
{
    public override bool IsMet(Access access, ClaimsPrincipal user) => access.GrantOf<T>(user, Operation).IsGiven;
}

/// <summary>Answers ASP.NET Core's authorization from the policies: for endpoints, and for <c>AuthorizeAsync(user, item, operation)</c>.</summary>
internal sealed class AccessHandler(Access access, AccessPolicies policies) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        foreach (var requirement in context.PendingRequirements.ToArray())
        {
            var isMet = requirement switch
            {
                AccessRequirement about => about.IsMet(access, context.User),
                Operation operation when context.Resource is { } item => policies.Find(item.GetType())?.Covers(access, context.User, operation, item) == true,
                _ => false,
            };
            if (isMet)
            {
                context.Succeed(requirement);
            }
        }

        return Task.CompletedTask;
    }
}
