using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ServiceDefaults.Responses;

namespace ServiceDefaults.Caching;

/// <summary>
/// A response body that may hold what is written until it is complete, so that everything about the answer is known before
/// its headers leave. One that grows too large, or is sent step by step on purpose, leaves as it comes.
/// </summary>
internal sealed class HeldBody : IHttpResponseBodyFeature
{
    private readonly HttpContext context;
    private readonly IHttpResponseBodyFeature inner;
    private readonly HeldPipeWriter writer;
    private Stream? stream;

    /// <summary>Puts itself in the place of the response's body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="decision">Tells at the first byte whether there is a reason to hold anything.</param>
    /// <param name="limit">The most that is held, in bytes.</param>
    public HeldBody(HttpContext context, CacheDecision decision, int limit)
    {
        this.context = context;
        inner = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        writer = new HeldPipeWriter(inner, decision, limit);
        context.Features.Set<IHttpResponseBodyFeature>(this);
    }

    public PipeWriter Writer => writer;

    public Stream Stream => stream ??= new ResponseStream(writer, context);

    /// <summary>All of the answer; null when it was not held, or not to the end.</summary>
    public ReadOnlyMemory<byte>? Held => writer.Held;

    public void DisableBuffering()
    {
        writer.Release();
        inner.DisableBuffering();
    }

    /// <summary>The framework's own ways to write begin with this, and do not mean that headers have to leave now.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) =>
        writer.IsHolding ? Task.CompletedTask : inner.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => writer.IsHolding
        ? SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken)
        : inner.SendFileAsync(path, offset, count, cancellationToken);

    public async Task CompleteAsync()
    {
        await SendAsync();
        await inner.CompleteAsync();
    }

    /// <summary>Gives the body back its place. What is held waits to be sent.</summary>
    public void Restore() => context.Features.Set(inner);

    /// <summary>Sends what is held, or, to a client that has it already, 304 (RFC 9110, section 15.4.5).</summary>
    public async Task SendAsync(bool conditionally = false)
    {
        if (conditionally && Held is not null && EntityTag.IsKnownTo(context.Request, context.Response))
        {
            writer.Drop();
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.ContentLength = null;
            context.Response.ContentType = null;
        }

        await writer.SendAsync();
    }
}
