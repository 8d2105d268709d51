using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.AccessControl;

/// <summary>The fallback: an endpoint that does not say who may come is closed to everybody.</summary>
internal sealed record DeclaredAccess : IAuthorizationRequirement;

/// <summary>Keeps such endpoints closed, and tells the developer: once of each, however often strangers ask for it.</summary>
internal sealed partial class DeclaredAccessHandler(ILogger<DeclaredAccess> logger) : AuthorizationHandler<DeclaredAccess>
{
    private readonly ConditionalWeakTable<Endpoint, Endpoint> told = [];

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, DeclaredAccess requirement)
    {
        if (context.Resource is HttpContext http)
        {
            if (http.GetEndpoint() is not { } endpoint || IsRefusalOfRouting(endpoint))
            {
                context.Succeed(requirement); // nothing is there: 404 is the answer, or 405, for everybody
            }
            else if (endpoint is RouteEndpoint && told.TryAdd(endpoint, endpoint)) // a rehearsal's is nobody's
            {
                LogUndeclared(endpoint.DisplayName);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>What routing puts in the place of an endpoint that takes another method or content type, so that it can say nothing itself.</summary>
    private static bool IsRefusalOfRouting(Endpoint endpoint) =>
        endpoint is not RouteEndpoint and { DisplayName: "405 HTTP Method Not Supported" or "415 HTTP Unsupported Media Type" };

    [LoggerMessage(LogLevel.Warning, "{Endpoint} is closed, because it does not say who may come. Add .AllowAnonymous(), .RequireAuthorization() or .RequireAccess<T>(…); on a page [AllowAnonymous], [Authorize] or [RequireAccess<T>(…)].")]
    private partial void LogUndeclared(string? endpoint);
}
