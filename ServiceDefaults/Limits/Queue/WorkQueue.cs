using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Limits.Queue;

/// <summary>Works on so many requests at a time, lets some wait, and refuses the rest before they have cost anything.</summary>
internal sealed class WorkQueue(
    RequestDelegate next, LimitAnswers answers, Backlog backlog, IOptions<QueueLimits> limits, [FromKeyedServices(WorkQueue.Places)] RateLimiter places)
{
    /// <summary>The key of the limiter that has the places.</summary>
    public const string Places = "places";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        using var place = new Place(places, limits.Value.Time, context.RequestAborted);
        if (backlog.IsTooLong() || !await place.TakeAsync())
        {
            await RefuseAsync(context);
            return;
        }

        context.Response.OnStarting(Begun, (context, place));
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            context.Request.Body = new AwaitedBody(context.Request.Body, place);
        }

        try
        {
            await next(context);
        }
        catch (NoPlaceException) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context);
        }
    }

    /// <summary>From now on the reader sets the pace: no place is taken, and no time limit cuts a long download.</summary>
    private static Task Begun(object state)
    {
        var (context, place) = ((HttpContext, Place))state;
        place.Dispose();
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        return Task.CompletedTask;
    }

    private Task RefuseAsync(HttpContext context) => answers.WriteAsync(context, LimitHit.Queue(limits.Value.Waiting), RetryAfter);
}
