using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ServiceDefaults.Caching;

/// <summary>Next to the endpoint: when its answer is complete, and only then, decides what may be kept, names it, and has it stored.</summary>
internal sealed class StoredAnswerMiddleware(RequestDelegate next, SharedAnswers shared, CacheMeter meter, IOutputCacheStore store, IOptions<CachingOptions> options)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<CacheDecision>() is { } decision ? InvokeAsync(context, decision) : next(context);

    private async Task InvokeAsync(HttpContext context, CacheDecision decision)
    {
        decision.IsFromCache = false;
        var storage = context.Features.Get<IOutputCacheFeature>()?.Context;
        if (storage is not null)
        {
            meter.Asked("miss");
        }

        var mayStore = storage is { AllowCacheStorage: true };
        if (mayStore)
        {
            storage!.AllowCacheStorage = false; // until everything is known
            await BeginAsync(storage);
        }

        var body = new HeldBody(context, decision, options.Value.MaxAnswerBytes);
        try
        {
            await next(context);
        }
        catch (Exception exception) when (storage is not null)
        {
            decision.Failure = ExceptionDispatchInfo.Capture(exception);
            return;
        }
        finally
        {
            decision.IsOver = true;
            body.Restore();
        }

        if (body.Held is { } answer && decision.Policy() is { } policy)
        {
            Name(context, answer);
            if (mayStore)
            {
                Store(context, storage!, policy);
            }
            else if (storage is null && policy.Scope == CacheScope.Public)
            {
                shared.Learn(context.GetEndpoint()!);
            }
        }

        await body.SendAsync(conditionally: storage is null);
    }

    private static void Name(HttpContext context, ReadOnlyMemory<byte> answer)
    {
        var response = context.Response;
        if (response.StatusCode != StatusCodes.Status200OK || (answer.IsEmpty && HttpMethods.IsHead(context.Request.Method)))
        {
            return;
        }

        response.ContentLength ??= answer.Length;
        if (response.Headers.ETag.Count == 0)
        {
            response.Headers.ETag = EntityTag.Of(answer.Span);
        }
    }

    /// <summary>Only what everybody may have, and only when the key holds all that it varies by.</summary>
    private static void Store(HttpContext context, OutputCacheContext storage, CachePolicy policy)
    {
        CacheDecision.WriteHeaders(context); // they are stored with the answer
        var keyed = context.GetEndpoint()!.Metadata.GetOrderedMetadata<ICacheHint>().SelectMany(hint => hint.Hint.VaryBy);
        storage.AllowCacheStorage = policy.Scope == CacheScope.Public
            && context.Response.StatusCode == StatusCodes.Status200OK
            && !context.Response.Headers.GetCommaSeparatedValues(HeaderNames.Vary).Except(keyed, StringComparer.OrdinalIgnoreCase).Any();
        storage.ResponseExpirationTimeSpan = policy.MaxAge;
        storage.Tags.UnionWith(policy.Tags);
    }

    /// <summary>An answer counts as old as the data that it was made from: a tag that is evicted meanwhile is evicted from it, too.</summary>
    private async Task BeginAsync(OutputCacheContext storage)
    {
        if (store is RedisOutputCacheStore redis && await redis.BeginAsync() is { } begun)
        {
            storage.Tags.Add(begun);
        }
    }
}
