using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.Caching;
using ServiceDefaults.Foundation;
using ServiceDefaults.Sessions;

namespace ServiceDefaults;

/// <summary>Registers what caches are told about a response, and the server's own cache.</summary>
public static class CachingRegistration
{
    /// <summary>Adds cache hints, and the output cache that they rule. A store of your own is an <see cref="IOutputCacheStore"/> that is registered before.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddCacheHints(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddCheckedOptions<CachingOptions>("Caching");
        services.AddHttpContextAccessor();
        services.AddScoped(provider => provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.CacheHints() ?? new CacheHints());
        services.AddMetrics();
        services.AddSingleton<CacheMeter>();
        services.AddSingleton<SharedAnswers>();
        services.AddChecklistItems(CachingItems.All);

        var hasOwnStore = services.Any(service => service.ServiceType == typeof(IOutputCacheStore));
        services.AddOutputCache();
        services.AddOptions<OutputCacheOptions>().Configure<SharedAnswers, IOptions<CachingOptions>>((output, shared, caching) =>
        {
            output.AddBasePolicy(shared);
            output.MaximumBodySize = caching.Value.MaxAnswerBytes;
            output.SizeLimit = caching.Value.MaxBytes;
            output.UseCaseSensitivePaths = true;
        });
        if (!hasOwnStore)
        {
            services.PreferRedis();
        }
    }

    /// <summary>Tells caches to keep nothing, unless the endpoint has said what they may keep.</summary>
    /// <param name="app">The application.</param>
    public static void UseNoStore(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use((context, next) =>
        {
            context.Response.OnStarting(WriteAsync, context);
            return next(context);
        });

        static Task WriteAsync(object context)
        {
            CacheDecision.WriteHeaders((HttpContext)context);
            return Task.CompletedTask;
        }
    }

    /// <summary>Makes one policy of all hints, and answers from the server's cache where that allows it.</summary>
    /// <param name="app">The application.</param>
    public static void UseCacheHints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<CacheHintsMiddleware>();
        app.UseWhen(app.Services.GetRequiredService<SharedAnswers>().MayHave, branch => branch.UseOutputCache());
        app.UseMiddleware<StoredAnswerMiddleware>();
    }

    /// <summary>Where sessions are shared in Redis, stored answers are too; else the framework's own store keeps them, in memory.</summary>
    private static void PreferRedis(this IServiceCollection services)
    {
        var memory = services.Single(service => service.ServiceType == typeof(IOutputCacheStore));
        services.AddSingleton<RedisOutage>();
        services.AddSingleton(provider =>
            provider.HasRedis() && provider.GetRequiredService<ISessionStorage>().IsShared
                ? ActivatorUtilities.CreateInstance<RedisOutputCacheStore>(provider)
                : (IOutputCacheStore)memory.ImplementationFactory!(provider));
    }
}
