using Microsoft.AspNetCore.Builder;
using ServiceDefaults.Responses;

namespace ServiceDefaults;

/// <summary>Adds the middleware that takes the rest of a refused body.</summary>
public static class RefusedBodiesRegistration
{
    /// <summary>Lets the sender of a body that is refused read the answer.</summary>
    /// <param name="app">The application.</param>
    public static void UseRefusedBodies(this WebApplication app) => app.UseMiddleware<RefusedBodies>();
}
