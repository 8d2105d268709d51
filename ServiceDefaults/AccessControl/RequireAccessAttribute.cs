using Microsoft.AspNetCore.Authorization;

namespace ServiceDefaults.AccessControl;

/// <summary>Lets those come to an endpoint or a page to whom its policy allows the operation. Which items they get is asked there.</summary>
/// <typeparam name="T">The items.</typeparam>
/// <param name="operation">The name of the operation: <c>read</c>, <c>update</c> …</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequireAccessAttribute<T>(string operation) : AuthorizeAttribute(AccessRequirement.PolicyName), IAuthorizationRequirementData
    where T : class
{
    /// <summary>The operation.</summary>
    public Operation Operation { get; } = new(operation);

    /// <inheritdoc />
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new AccessRequirement<T>(Operation)];
}
