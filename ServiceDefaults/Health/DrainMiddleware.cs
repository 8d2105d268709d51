using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Health;

/// <summary>
/// While the process drains, an answer is the last on its connection, and says so (<c>Connection: close</c>, GOAWAY): who keeps
/// connections goes elsewhere with the next request, instead of sending it when the server closes.
/// </summary>
internal sealed class DrainMiddleware(RequestDelegate next, Readiness readiness)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (readiness.IsStopping)
        {
            context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        }

        return next(context);
    }
}
