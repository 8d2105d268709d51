using System.Buffers;
using System.IO.Pipelines;

namespace ServiceDefaults.Sessions;

/// <summary>
/// Holds what is written until the first flush, saves the session then, and is transparent from there on. Holding matters:
/// bytes that the server already has would come before the error answer when the save fails.
/// </summary>
internal sealed class SavingPipeWriter(PipeWriter inner, RequestSession session, bool holds) : PipeWriter
{
    private ArrayBufferWriter<byte>? held = holds ? new() : null;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes + (held?.WrittenCount ?? 0);

    public override Memory<byte> GetMemory(int sizeHint = 0) => held is null ? inner.GetMemory(sizeHint) : held.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => held is null ? inner.GetSpan(sizeHint) : held.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        if (held is null)
        {
            inner.Advance(bytes);
        }
        else
        {
            held.Advance(bytes);
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        ReleaseIfUnchanged() ? inner.FlushAsync(cancellationToken) : SaveAndFlushAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
        ReleaseIfUnchanged() ? inner.WriteAsync(source, cancellationToken) : SaveAndWriteAsync(source, cancellationToken);

    public override ValueTask CompleteAsync(Exception? exception = null) =>
        held is null ? inner.CompleteAsync(exception) : SaveAndCompleteAsync(exception);

    /// <remarks>Nothing can be awaited here: what is held is saved and sent at the end of the request.</remarks>
    public override void Complete(Exception? exception = null)
    {
        if (held is null)
        {
            inner.Complete(exception);
        }
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    /// <summary>Hands on what was held; from now on everything goes straight through.</summary>
    public void Release()
    {
        if (held is { WrittenCount: > 0 })
        {
            inner.Write(held.WrittenSpan);
        }

        held = null;
    }

    /// <summary>Most requests only read: theirs takes no detour.</summary>
    private bool ReleaseIfUnchanged()
    {
        if (!session.IsDirty)
        {
            Release();
        }

        return held is null;
    }

    private async ValueTask<FlushResult> SaveAndFlushAsync(CancellationToken cancellationToken)
    {
        await session.CommitAsync(CancellationToken.None);
        Release();
        return await inner.FlushAsync(cancellationToken);
    }

    private async ValueTask<FlushResult> SaveAndWriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken)
    {
        await session.CommitAsync(CancellationToken.None);
        Release();
        return await inner.WriteAsync(source, cancellationToken);
    }

    private async ValueTask SaveAndCompleteAsync(Exception? exception)
    {
        await session.CommitAsync(CancellationToken.None);
        Release();
        await inner.CompleteAsync(exception);
    }
}
