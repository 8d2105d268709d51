using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.Foundation;
using ServiceDefaults.Redis;
using ServiceDefaults.Sessions;

namespace ServiceDefaults;

/// <summary>Registers <see cref="HttpContext.Session"/> on the product's own store.</summary>
public static class SessionRegistration
{
    private const string Section = "Session";

    /// <summary>Adds sessions. A store of your own is an <see cref="ISessionStorage"/> that is registered before.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddSessions(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;

        services.AddOptions<SessionOptions>()
            .Configure(options =>
            {
                options.IdleTimeout = TimeSpan.FromDays(7);
                options.IOTimeout = TimeSpan.FromSeconds(1);
                options.Cookie = new CookieBuilder { IsEssential = true };
            })
            .BindConfiguration(Section);
        var redis = RedisAddress.From(builder.Configuration);
        services.AddOptions<SessionStoreOptions>()
            .Configure(options => options.RedisIsConfigured = redis is not null)
            .Validate(_ => redis?.Problem is null, redis?.Problem ?? "");
        var hasOwnStore = services.Any(service => service.ServiceType == typeof(ISessionStorage));
        services.AddCheckedOptions<SessionStoreOptions>(Section).Configure(options => options.HasOwnStore = hasOwnStore);
        services.AddSingleton<IValidateOptions<SessionStoreOptions>, SessionStoreOptionsRules>();

        services.AddChecklistItems(SessionItems.All);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SessionToken.Signer>();
        services.AddSingleton<SessionCookie>();
        services.AddMetrics();
        services.AddSingleton<SessionMeter>();
        services.TryAddSingleton<ISessionStorage>(provider =>
            provider.GetRequiredService<IOptions<SessionStoreOptions>>().Value.Effective switch
            {
                SessionStoreKind.Redis => ActivatorUtilities.CreateInstance<RedisSessionStorage>(provider),
                SessionStoreKind.DistributedCache => ActivatorUtilities.CreateInstance<DistributedCacheSessionStorage>(provider),
                _ => ActivatorUtilities.CreateInstance<MemorySessionStorage>(provider),
            });
        services.AddSingleton<ISharedState, SharedSessions>();
    }

    /// <summary>Gives every request that comes this far its session.</summary>
    /// <param name="app">The application.</param>
    public static void UseSessions(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<SessionMiddleware>();
    }
}
