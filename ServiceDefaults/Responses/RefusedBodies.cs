using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServiceDefaults.Responses;

/// <summary>Lets the sender of a body that is above the limit read the answer.</summary>
/// <remarks>
/// A connection that is closed over unread bytes is reset, and an answer that was not read yet may be lost with it (RFC 9112,
/// 9.6). Kestrel therefore takes what is left of a body after the answer, but of none that is above its limit.
/// </remarks>
internal sealed class RefusedBodies(RequestDelegate next)
{
    /// <summary>What is taken of a body, and thrown away; then the connection is cut. As much as Kestrel by default lets in.</summary>
    private const long Bytes = 30_000_000;

    /// <summary>How long, as Kestrel allows for any body that nobody has read.</summary>
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);

    public Task InvokeAsync(HttpContext context) => context.Request.ContentLength > 0 ? AnswerAsync(context) : next(context);

    private async Task AnswerAsync(HttpContext context)
    {
        await next(context);

        // Read-only is the limit of a body that is being read: it was within it, or is beyond it in chunks, and Kestrel reads no further.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit
            && context.Request.ContentLength > limit.MaxRequestBodySize
            && OwnsItsConnection(context.Request.Protocol))
        {
            await context.Response.CompleteAsync();
            limit.MaxRequestBodySize = null;
            await TakeAsync(context);
        }
    }

    private static bool OwnsItsConnection(string protocol) => HttpProtocol.IsHttp11(protocol) || HttpProtocol.IsHttp10(protocol);

    private static async Task TakeAsync(HttpContext context)
    {
        using var patience = new CancellationTokenSource(Time);
        try
        {
            var body = context.Request.BodyReader;
            for (var left = Bytes; left > 0;)
            {
                var piece = await body.ReadAsync(patience.Token);
                left -= piece.Buffer.Length;
                body.AdvanceTo(piece.Buffer.End);
                if (piece.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Too slow, or gone: BadHttpRequestException is an IOException.
        }

        context.Abort();
    }
}
