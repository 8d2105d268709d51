using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.Foundation;
using ServiceDefaults.Headers;

namespace ServiceDefaults;

/// <summary>Registers the security headers of every response.</summary>
public static class SecurityHeaders
{
    /// <summary>Adds the header policy, open to <c>Configure&lt;SecurityHeadersOptions&gt;</c>.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddSecurityHeaders(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<SecurityHeadersOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<SecurityHeadersOptions>, SecurityHeadersRules>();
        services.AddSingleton<SecurityHeadersWriter>();
        services.AddSingleton<IInlineNonce, InlineNonce>();
        services.AddSingleton<CspReports>();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        services.Configure<HstsOptions>(hsts =>
        {
            hsts.MaxAge = TimeSpan.FromDays(730); // two years, the preload lists' recommendation
            hsts.IncludeSubDomains = true;
        });
        services.AddChecklistItems(HeaderItems.All);
    }

    /// <summary>Writes the headers when a response starts, on errors, redirects and files alike, and takes the browsers' reports.</summary>
    /// <param name="app">The application.</param>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var writer = app.Services.GetRequiredService<SecurityHeadersWriter>();
        app.Use((context, next) =>
        {
            // When it starts, and not now: an exception handler clears what was set before. And first of all, because what
            // was asked for first is called last: whatever others have set or removed, this is what is sent.
            context.Response.OnStarting(WriteAsync, context);
            return next(context);
        });
        app.MapPost(CspReports.Path, app.Services.GetRequiredService<CspReports>().TakeAsync).AsReports();

        Task WriteAsync(object context)
        {
            writer.Write((HttpContext)context);
            return Task.CompletedTask;
        }
    }
}
