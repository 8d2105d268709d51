using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Caching;

/// <summary>Begins the decision about an answer: the endpoint's own hint, and an eye on whether who asks is looked at.</summary>
internal sealed class CacheHintsMiddleware(RequestDelegate next, SharedAnswers shared, IOptions<CachingOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!isRead || context.GetEndpoint() is not { } endpoint)
        {
            return next(context); // nothing that could be kept
        }

        var decision = new CacheDecision(context);
        foreach (var hint in endpoint.Metadata.GetOrderedMetadata<ICacheHint>())
        {
            decision.Hints.Endpoint.Set(hint.Hint);
        }

        context.Features.Set(decision);
        _ = new VisitorWatch(context, decision);
        if (shared.AreGuarded(endpoint))
        {
            decision.LookAtVisitor();
        }

        return shared.MayHave(context) ? InvokeSharedAsync(context, decision) : next(context);
    }

    /// <summary>
    /// Other requests may wait for this answer. They do not wait for this client to take it, and this request's failure
    /// is none of theirs.
    /// </summary>
    private async Task InvokeSharedAsync(HttpContext context, CacheDecision decision)
    {
        var body = new HeldBody(context, decision, options.Value.MaxAnswerBytes);
        try
        {
            await next(context);
        }
        finally
        {
            body.Restore();
        }

        decision.Failure?.Throw();
        await body.SendAsync(conditionally: true);
    }
}
