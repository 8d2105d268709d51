using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Foundation;
using ServiceDefaults.Identity;
using ServiceDefaults.Sessions;

namespace ServiceDefaults;

/// <summary>Registers who is signed in, where, and how often a password may be guessed.</summary>
public static class IdentityRegistration
{
    private const string Section = "SignIn";

    /// <summary>Keeps the signed-in user in the session: the scheme that signs in and out, asks for a sign-in and forbids.</summary>
    /// <remarks>
    /// Serves as <c>SignInScheme</c> of OpenID Connect and other remote schemes. A record of sign-ins of your own is an
    /// <see cref="ISignInRecords"/> that is registered before.
    /// </remarks>
    /// <param name="builder">The application's builder.</param>
    public static void AddSignIn(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddCheckedOptions<SignInOptions>(Section);
        services.AddSingleton<SignInMeter>();
        services.AddSingleton<SecurityEvents>();
        services.AddExceptionHandler<RemoteSignInFailures>();
        services.AddChecklistItems(IdentityItems.All);

        // The framework tells of every stranger at a page for users; what matters is told by SecurityEvents.
        builder.Logging.AddFilter(typeof(SessionAuthenticationHandler).FullName, LogLevel.Warning);

        services.AddAuthentication(authentication =>
            {
                authentication.DefaultScheme = SessionAuthenticationOptions.Scheme;
                authentication.DefaultSignInScheme = SessionAuthenticationOptions.Scheme; // remote schemes do not ask for the one above
            })
            .AddScheme<SessionAuthenticationOptions, SessionAuthenticationHandler>(SessionAuthenticationOptions.Scheme, null);

        services.AddSingleton<SignedInSessions>();
        services.TryAddSingleton<ISignInRecords>(provider => provider.GetRequiredService<ISessionStorage>() switch
        {
            // Seen by as many replicas as the sessions that they tell of.
            { IsShared: true } when provider.HasRedis() => ActivatorUtilities.CreateInstance<RedisSignInRecords>(provider),
            DistributedCacheSessionStorage => ActivatorUtilities.CreateInstance<DistributedCacheSignInRecords>(provider),
            _ => ActivatorUtilities.CreateInstance<MemorySignInRecords>(provider),
        });

        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<IRateStage, SignInRateStage>();
        services.TryAddSingleton<ISignInAttempts>(provider => provider.HasRedis()
            ? ActivatorUtilities.CreateInstance<RedisSignInAttempts>(provider)
            : ActivatorUtilities.CreateInstance<MemorySignInAttempts>(provider));
    }
}
