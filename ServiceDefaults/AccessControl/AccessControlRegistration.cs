using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.AccessControl;

namespace ServiceDefaults;

/// <summary>Registers who may do what.</summary>
public static class AccessControlRegistration
{
    /// <summary>Adds authentication and authorization. What is not allowed is denied, endpoints that say nothing included.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddAccessControl(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddAuthentication();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicy([new DeclaredAccess()], []))
            .AddPolicy(AccessRequirement.PolicyName, policy => policy.RequireAssertion(_ => true)); // see there
        services.AddSingleton<IAuthorizationHandler, DeclaredAccessHandler>();

        services.AddHttpContextAccessor();
        services.AddSingleton<AccessPolicies>();
        services.AddScoped<Access>();
        services.AddScoped<IAuthorizationHandler, AccessHandler>();
        services.AddSingleton<IPostConfigureOptions<JsonOptions>, WithheldFields>();
        services.AddSingleton<IPostConfigureOptions<Microsoft.AspNetCore.Mvc.JsonOptions>, WithheldFields>();
        services.AddChecklistItems(AccessItems.All);
    }

    /// <summary>Adds the policy of a type.</summary>
    /// <typeparam name="TPolicy">The policy.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAccessPolicy<TPolicy>(this IServiceCollection services)
        where TPolicy : AccessPolicy => services.AddSingleton<AccessPolicy, TPolicy>();

    /// <summary>Lets those come to an endpoint to whom the policy of <typeparamref name="T"/> allows the operation; others are asked to sign in, or get 404.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="endpoint">The endpoint, or a group of them.</param>
    /// <param name="operation">The operation.</param>
    /// <returns>The same endpoint.</returns>
    public static IEndpointConventionBuilder RequireAccess<T>(this IEndpointConventionBuilder endpoint, Operation operation)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(operation);
        return endpoint.WithMetadata(new RequireAccessAttribute<T>(operation.Name));
    }
}
