using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.AccessControl;

namespace Tests.AccessControl;

/// <summary>Who asks.</summary>
internal static class Callers
{
    public static readonly ClaimsPrincipal Visitor = new(new ClaimsIdentity());

    public static readonly ClaimsPrincipal Ann = SignedIn("ann");

    public static readonly ClaimsPrincipal Ben = SignedIn("ben");

    public static readonly ClaimsPrincipal Librarian = SignedIn("lea", "librarian");

    public static ClaimsPrincipal SignedIn(string id, params string[] roles) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, id), .. roles.Select(role => new Claim(ClaimTypes.Role, role))], "password"));

    /// <summary>What a request of this caller may do.</summary>
    public static Access Access(this ClaimsPrincipal user, params AccessPolicy[] policies) =>
        new(new AccessPolicies(policies), new HttpContextAccessor { HttpContext = new DefaultHttpContext { User = user } });
}
