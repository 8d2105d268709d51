using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ServiceDefaults.Responses;

namespace ServiceDefaults.Sessions;

/// <summary>
/// A response body that saves the session before its first byte leaves, so that the next request always sees the change,
/// and a save that fails can still become an error answer. (In <c>OnStarting</c> it is too late for that: the server
/// turns an exception there into an empty 500.)
/// </summary>
internal sealed class SavingResponseBody(HttpContext context, IHttpResponseBodyFeature inner, RequestSession session) : IHttpResponseBodyFeature
{
    private SavingPipeWriter? writer;
    private Stream? stream;
    private bool hasStarted;

    public PipeWriter Writer => writer ??= new SavingPipeWriter(inner.Writer, session, holds: !hasStarted);

    public Stream Stream => stream ??= new ResponseStream(Writer, context);

    public void DisableBuffering() => inner.DisableBuffering();

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await SaveAsync();
        await inner.StartAsync(cancellationToken);
        hasStarted = true; // the session cannot change any more: nothing need be held
    }

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        await SaveAsync();
        await inner.SendFileAsync(path, offset, count, cancellationToken);
    }

    public async Task CompleteAsync()
    {
        await SaveAsync();
        await inner.CompleteAsync();
    }

    /// <summary>Saves what is not saved yet, and hands on what was written meanwhile.</summary>
    /// <remarks>A visitor who has gone does not take back what was done; the store's own time limit bounds the save.</remarks>
    public async Task SaveAsync()
    {
        await session.CommitAsync(CancellationToken.None);
        writer?.Release();
    }
}
