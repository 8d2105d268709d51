using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using ServiceDefaults.Responses;

namespace ServiceDefaults.Limits;

/// <summary>Refuses what is too large to be looked at, and names the limit that anything below runs into.</summary>
internal sealed class RequestLimits(
    RequestDelegate next, LimitAnswers answers, ReachedLimit reached, AnswerPace pace, IOptions<QueryStringLimits> query)
{
    public async Task InvokeAsync(HttpContext context)
    {
        using var paced = new PacedResponseBody(context, context.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), pace);
        context.Features.Set<IHttpResponseBodyFeature>(paced);
        try
        {
            await AnswerAsync(context);
            await paced.FlushAsync();
        }
        finally
        {
            context.Features.Set(paced.Inner);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsTrace(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed; // it would echo what a browser keeps from scripts; pages answer any method
            return;
        }

        if (QueryLimitOf(context.Request.QueryString.Value ?? "") is { } hit)
        {
            await answers.WriteAsync(context, hit);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && AnswerTo(RequestJson.AsOfBinding(exception), context) is { } answer)
        {
            await answer();
            return;
        }

        // Minimal APIs turn the exception into a status.
        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status413PayloadTooLarge, ContentType: null })
        {
            await answers.WriteAsync(context, reached.Body(context));
        }
    }

    /// <summary>The answer to what the client has done wrong; null when the exception is about something else.</summary>
    private Func<Task>? AnswerTo(Exception exception, HttpContext context) =>
        reached.Behind(exception, context) is { } limit ? () => answers.WriteAsync(context, limit)
        : MalformedRequest.Explain(exception, context) is { } problem ? () => LimitAnswers.WriteMalformedAsync(context, problem)
        : null;

    private LimitHit? QueryLimitOf(string text) =>
        text.Length > query.Value.Bytes ? LimitHit.QueryBytes(query.Value.Bytes)
        : text.AsSpan().Count('&') >= query.Value.Values ? LimitHit.QueryValues(query.Value.Values)
        : null;
}
