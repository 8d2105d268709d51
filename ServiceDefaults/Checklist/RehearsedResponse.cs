using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Checklist;

/// <summary>A response that is kept instead of sent. It starts as a server's does: with the first byte, and what waited for that comes first.</summary>
internal sealed class RehearsedResponse : HttpResponseFeature, IAsyncDisposable
{
    private readonly Stack<(Func<object, Task> Callback, object State)> whenStarting = new();
    private readonly Stack<(Func<object, Task> Callback, object State)> whenCompleted = new();
    private readonly Kept kept;
    private bool started;

    public RehearsedResponse()
    {
        kept = new Kept(this);
        BodyFeature = new StreamResponseBodyFeature(kept);
    }

    public StreamResponseBodyFeature BodyFeature { get; }

    public override bool HasStarted => started;

    public override void OnStarting(Func<object, Task> callback, object state) => whenStarting.Push((callback, state));

    public override void OnCompleted(Func<object, Task> callback, object state) => whenCompleted.Push((callback, state));

    public async Task<RehearsedAnswer> FinishAsync()
    {
        await BodyFeature.CompleteAsync();
        return new RehearsedAnswer(StatusCode, new HeaderDictionary(Headers.ToDictionary()), Encoding.UTF8.GetString(kept.ToArray()));
    }

    /// <summary>What waited for the end of the response comes now: the request's services are disposed of.</summary>
    public async ValueTask DisposeAsync()
    {
        while (whenCompleted.TryPop(out var waiting))
        {
            await waiting.Callback(waiting.State);
        }

        await kept.DisposeAsync();
    }

    private async Task StartAsync()
    {
        while (whenStarting.TryPop(out var waiting))
        {
            await waiting.Callback(waiting.State);
        }

        started = true;
    }

    private sealed class Kept(RehearsedResponse response) : MemoryStream
    {
        public override Task FlushAsync(CancellationToken cancellationToken) => response.StartAsync();

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await response.StartAsync();
            Write(buffer.Span);
        }
    }
}
