using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.StaticAssets;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Uptime.ResponseTimes;

/// <summary>Measures the whole way of a request that an endpoint answers; not of probes, and not of static files.</summary>
internal sealed class ResponseTimeMiddleware(RequestDelegate next, ResponseTimeCounter counter, TimeProvider clock)
{
    public Task InvokeAsync(HttpContext context)
    {
        var began = clock.GetTimestamp();
        var response = next(context);
        if (!response.IsCompletedSuccessfully)
        {
            return CountWhenDoneAsync(response, context, began);
        }

        Count(context, began);
        return response;
    }

    private async Task CountWhenDoneAsync(Task response, HttpContext context, long began)
    {
        await response;
        Count(context, began);
    }

    private void Count(HttpContext context, long began)
    {
        // An endpoint that threw was taken away by the exception handler.
        if ((context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) is { Metadata: var metadata }
            && !InProcessRequest.Is(context) && metadata.GetMetadata<IDisableHttpMetricsMetadata>() is null && metadata.GetMetadata<StaticAssetDescriptor>() is null)
        {
            counter.Count(clock.GetElapsedTime(began));
        }
    }
}
