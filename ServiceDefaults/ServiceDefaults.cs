using Microsoft.Extensions.Hosting;

namespace ServiceDefaults;

/// <summary>What every web application of this solution gets: one line for each concern, one folder for each line.</summary>
public static class ServiceDefaultsRegistration
{
    /// <summary>Switches the production checklist on.</summary>
    /// <remarks>
    /// Defaults live in code, configuration overrides them, and every option is validated before the application
    /// listens: see <see cref="Start.VerifiedStart.RunVerifiedAsync"/>.
    /// </remarks>
    /// <param name="builder">The application's builder.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.AddProductionMode();   // name, version, HTTPS
        builder.AddErrorAnswers();     // problem details and a page, without the inside
        builder.AddSecrets();          // .env, secret files, environment; the application secret
        builder.AddRedis();            // one connection, checked at start
        builder.AddSessions();         // HttpContext.Session on the product's own store
        builder.AddSecureCookies();    // one policy for every cookie
        builder.AddKeyRing();          // Data Protection keys: shared, wrapped under the secret
        builder.AddTrustedProxies();   // X-Forwarded-* from known proxies only
        builder.AddAllowedHosts();     // requests for this site's names only
        builder.AddSecurityHeaders();  // on every response
        builder.AddCrossOriginProtection(); // no other site sends what changes something
        builder.AddSignIn();           // who is signed in, where, and how often a password may be guessed
        builder.AddAccessControl();    // authentication and authorization
        builder.AddLimits();           // size, time, rate
        builder.AddCacheHints();       // private, no-store unless an endpoint says otherwise
        builder.AddHealth();           // probes: is it alive, may it be sent requests
        builder.AddTelemetry();        // OpenTelemetry, the console log
        builder.AddUptime();           // when it was ready, and how long responses took
        builder.AddChecklist();        // asks all of the above whether it holds: at the start, by a command, on a page

        return builder;
    }
}
