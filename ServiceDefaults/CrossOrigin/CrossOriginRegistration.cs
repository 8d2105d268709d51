using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.CrossOrigin;
using ServiceDefaults.Foundation;

namespace ServiceDefaults;

/// <summary>Registers what other sites may make a visitor's browser do here: nothing that changes something.</summary>
public static class CrossOriginRegistration
{
    /// <summary>Adds the protection. CORS stays closed: it is not added.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddCrossOriginProtection(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddCheckedOptions<CrossOriginOptions>("CrossOrigin");
        builder.Services.AddSingleton<IValidateOptions<CrossOriginOptions>, CrossOriginOptionsRules>();
        builder.Services.AddChecklistItems(CrossOriginItems.All);
    }

    /// <summary>Refuses requests that change something and that a browser sends for another origin.</summary>
    /// <param name="app">The application.</param>
    public static void UseCrossOriginProtection(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<CrossOriginProtection>();
    }

    /// <summary>Lets every origin send to this endpoint: for one that trusts neither cookies nor the visitor's network.</summary>
    /// <typeparam name="TBuilder">The endpoint's builder.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    /// <returns>The same endpoint.</returns>
    public static TBuilder AllowCrossOrigin<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AllowCrossOriginAttribute());
}
