using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
        builder.Services.AddOptions<SecurityHeadersOptions>();
        builder.Services.AddChecklistItems(HeaderItems.All);
    }

    /// <summary>Writes the headers when a response starts: on errors, redirects and files alike.</summary>
    /// <param name="app">The application.</param>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var headers = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<SecurityHeadersOptions>>().Value.All().ToArray();
        app.Use((context, next) =>
        {
            // When it starts, and not now: an exception handler clears what was set before.
            context.Response.OnStarting(WriteAsync, context.Response);
            return next(context);
        });

        Task WriteAsync(object response)
        {
            foreach (var (name, value) in headers)
            {
                ((HttpResponse)response).Headers[name] = value;
            }

            return Task.CompletedTask;
        }
    }
}
