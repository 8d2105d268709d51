using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServiceDefaults.Responses;

/// <summary>The body of an answer, which however it is written leaves at its reader's pace.</summary>
internal sealed class PacedResponseBody(HttpContext context, IHttpResponseBodyFeature inner, AnswerPace pace) : IHttpResponseBodyFeature, IDisposable
{
    private PacedPipeWriter? writer;
    private Stream? stream;

    public IHttpResponseBodyFeature Inner => inner;

    public PipeWriter Writer => writer ??= new PacedPipeWriter(inner.Writer, new Reader(context, pace));

    public Stream Stream => stream ??= new ResponseStream(Writer, context);

    public void DisableBuffering() => inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public async Task CompleteAsync()
    {
        await FlushAsync();
        await inner.CompleteAsync();
    }

    /// <summary>Sends what was written and not yet flushed, if that is more than the server may hold.</summary>
    public async ValueTask FlushAsync()
    {
        if (writer is { HasExcess: true })
        {
            await writer.FlushAsync(CancellationToken.None);
        }
    }

    public void Dispose() => writer?.Dispose();
}
