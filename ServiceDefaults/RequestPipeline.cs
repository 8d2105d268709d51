using Microsoft.AspNetCore.Builder;
using ServiceDefaults.Production;

namespace ServiceDefaults;

/// <summary>The way of a request, from the socket to the endpoint.</summary>
public static class RequestPipeline
{
    /// <summary>Adds the middleware of every concern, in the only order in which they protect each other.</summary>
    /// <param name="app">The application; map endpoints afterwards.</param>
    /// <returns>The same application.</returns>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);

        app.UseResponseTimes();      // around everything: times the whole way
        app.UseTrustedProxies();     // before all that asks: it sees the real client, scheme and port
        app.UseHostFiltering();      // a foreign Host is refused before anything builds a link from it
        app.UseSecurityHeaders();    // before anything that can answer, so that every answer carries them
        app.UseErrorAnswers();       // catches all below; its answers have the headers from above
        app.UseHttpsOnly();          // needs the real scheme; never redirects a probe
        app.UseRouting();            // here, by name: otherwise the framework puts it first
        app.UseRequestTimeouts();    // the clock starts before anything that may wait
        app.UseRateLimiter();        // before work that costs: a refused request touches no store
        app.UseSecureCookies();      // sees every cookie that the middleware below writes
        app.UseSessions();           // loaded before, and saved after, everything that uses it
        app.UseAuthentication();     // may keep its ticket in the session
        app.UseAuthorization();      // needs the user
        app.UseAntiforgery();        // its token is bound to the user
        app.UseCacheHints();         // last: knows what the endpoint read and wrote

        return app;
    }
}
