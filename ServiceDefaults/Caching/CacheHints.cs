using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;
using ServiceDefaults.Caching;

namespace ServiceDefaults;

/// <summary>Registers what caches are told about a response.</summary>
public static class CacheHints
{
    private const string PrivateNoStore = "private, no-store";

    /// <summary>Adds cache hints.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddCacheHints(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<CacheMeter>();
    }

    /// <summary>Tells caches to keep nothing, unless the endpoint has said what they may keep.</summary>
    /// <param name="app">The application.</param>
    public static void UseCacheHints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                if (!headers.ContainsKey(HeaderNames.CacheControl) || headers.ContainsKey(HeaderNames.SetCookie) || context.Response.StatusCode >= 400)
                {
                    headers.CacheControl = PrivateNoStore;
                }

                return Task.CompletedTask;
            });
            return next(context);
        });
    }
}
