using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Foundation;
using ServiceDefaults.Start;

namespace ServiceDefaults;

/// <summary>Registers what differs between a developer's machine and production.</summary>
public static class ProductionMode
{
    /// <summary>Adds the application's identity, and HTTPS.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddProductionMode(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(services => new ApplicationIdentity(
            services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>()));
        builder.Services.AddChecklistItems(ProductionItems.All);
        // RunVerifiedAsync says why a start failed, in a sentence; the host would put a stack trace before it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<HttpsRedirectionOptions>(redirection =>
        {
            redirection.RedirectStatusCode = 308; // permanent, and a POST stays a POST
            redirection.HttpsPort ??= builder.Configuration.GetValue<int?>("HTTPS_PORT") ?? 443; // ASPNETCORE_HTTPS_PORT
        });
    }
}
