using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.AccessControl;

namespace ServiceDefaults;

/// <summary>Registers who may do what.</summary>
public static class AccessControlRegistration
{
    /// <summary>Adds authentication and authorization; the application adds its schemes and policies.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddAccessControl(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddChecklistItems(AccessItems.All);
    }
}
