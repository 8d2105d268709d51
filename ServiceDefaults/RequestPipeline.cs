using Microsoft.AspNetCore.Builder;
using ServiceDefaults.Health;
using ServiceDefaults.Uptime;

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

        app.UseRefusedBodies();      // around everything: once the answer is complete, what is left of a refused body is thrown away
        app.UseResponseTimes();      // around all that answers: times the whole way
        app.UseDrain();              // whatever answers below: while the process stops, it is the last on its connection
        app.UseTrustedProxies();     // before all that asks: it sees the real client, scheme and port
        app.UseSecurityHeaders();    // before anything that can answer, so that every answer carries them
        app.UseNoStore();            // before anything that can answer: what says nothing about caches is kept by none
        app.UseErrorAnswers();       // catches all below; its answers have the headers from above
        app.UseAllowedHosts();       // a foreign Host is refused before anything builds a link from it
        app.UseRequestLimits();      // names the limit that anything below runs into; sends answers at their reader's pace
        app.UseHttpsOnly();          // needs the real scheme; never redirects a probe
        app.UseRouting();            // here, by name: otherwise the framework puts it first
        app.UseRequestTimeouts();    // the clock starts before anything that may wait
        app.UseRateLimiter();        // before work that costs: a refused request touches no store
        app.UseCrossOriginProtection(); // what another site sends is refused before a cookie is looked at
        app.UseWorkQueue();          // sheds what is too much for everybody; probes and files have gone by
        app.UseSecureCookies();      // sees every cookie that the middleware below writes
        app.UseSessions();           // loaded before, and saved after, everything that uses it
        app.UseAuthentication();     // may keep its ticket in the session
        app.UseAuthorization();      // needs the user
        app.UseAntiforgery();        // its token is bound to the user
        app.UseCacheHints();         // last: nothing stored passes by the checks above, and it sees what the endpoint reads and writes

        return app;
    }

    /// <summary>Maps the probes, in every environment: <c>/alive</c>, <c>/ready</c>, <c>/health</c> and <c>/uptime</c>.</summary>
    /// <remarks>No redirect, no rate limit, nothing traced; all but <c>/health</c>, which knows operators, go no further than routing.</remarks>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapHealth();
        app.MapUptime();
        return app;
    }
}
