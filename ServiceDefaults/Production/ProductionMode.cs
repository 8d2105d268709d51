using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Monitoring;
using ServiceDefaults.Production;

namespace ServiceDefaults;

/// <summary>Registers what differs between a developer's machine and production.</summary>
public static class ProductionMode
{
    /// <summary>Adds the application's identity, error answers, and HTTPS with HSTS.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddProductionMode(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(services => new ApplicationIdentity(
            services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>()));
        builder.Services.AddErrorAnswers();
        // RunVerifiedAsync says why a start failed, in a sentence; the host would put a stack trace before it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HstsOptions>(hsts =>
        {
            hsts.MaxAge = TimeSpan.FromDays(730); // two years, the preload lists' recommendation
            hsts.IncludeSubDomains = true;
        });
        builder.Services.Configure<HttpsRedirectionOptions>(redirection =>
        {
            redirection.RedirectStatusCode = 308; // permanent, and a POST stays a POST
            redirection.HttpsPort ??= 443;
        });
    }

    /// <summary>Outside Development: plain HTTP is redirected once, and browsers are told to stay on HTTPS.</summary>
    /// <remarks>Probes come over plain HTTP from inside, and only user-facing addresses redirect (ASVS 4.1.2).</remarks>
    /// <param name="app">The application.</param>
    public static void UseHttpsOnly(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
            app.UseWhen(context => !Probes.IsProbe(context.Request.Path), branch => branch.UseHttpsRedirection());
        }
    }
}
