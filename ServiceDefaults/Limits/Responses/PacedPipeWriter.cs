using System.IO.Pipelines;
using System.Runtime.InteropServices;

namespace ServiceDefaults.Limits.Responses;

/// <summary>
/// Hands an answer to the server piece by piece, each when the reader has taken those before. Kestrel itself would copy
/// whatever is written in one call, however large, and allow it as much time as all of it takes at the slowest rate.
/// </summary>
internal sealed class PacedPipeWriter(PipeWriter inner, Reader reader) : PipeWriter, IDisposable
{
    private static readonly PipeOptions Unbounded = new(minimumSegmentSize: AnswerPace.BufferBytes, pauseWriterThreshold: 0, useSynchronizationContext: false);

    private Pipe? excess; // what was written since the last flush, beyond what the server may hold
    private long excessBytes;
    private long directBytes;

    /// <summary>Whether more has been written than the server may hold.</summary>
    public bool HasExcess => excessBytes > 0;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes + excessBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => TargetFor(sizeHint).GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => TargetFor(sizeHint).GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        if (excess is null)
        {
            inner.Advance(bytes);
            directBytes += bytes;
        }
        else
        {
            excess.Writer.Advance(bytes);
            excessBytes += bytes;
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        directBytes = 0;
        return excess is null ? reader.TakesAsync(inner.FlushAsync(cancellationToken)) : SendExcessAsync(cancellationToken);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        directBytes = 0;
        return excess is null && source.Length <= AnswerPace.PieceBytes
            ? reader.TakesAsync(inner.WriteAsync(source, cancellationToken))
            : SendAsync(source, cancellationToken);
    }

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        if (exception is null && excessBytes > 0)
        {
            await SendExcessAsync(CancellationToken.None);
        }

        await inner.CompleteAsync(exception);
    }

    /// <remarks>What cannot be sent here, because nothing can be awaited, is sent at the end of the request.</remarks>
    public override void Complete(Exception? exception = null)
    {
        if (exception is not null || excessBytes == 0)
        {
            inner.Complete(exception);
        }
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public void Dispose()
    {
        excess?.Writer.Complete();
        excess?.Reader.Complete();
        excess = null;
    }

    private PipeWriter TargetFor(int sizeHint)
    {
        if (excess is null && directBytes + sizeHint <= AnswerPace.BufferBytes)
        {
            return inner;
        }

        return (excess ??= new Pipe(Unbounded)).Writer;
    }

    private async ValueTask<FlushResult> SendAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken)
    {
        var result = excessBytes > 0 ? await SendExcessAsync(cancellationToken) : default;
        object memory = MemoryMarshal.TryGetArray(source, out var array) ? array.Array! : this;
        using var held = reader.Holds(memory, source.Length);
        for (var sent = 0; sent < source.Length && !result.IsCompleted && !result.IsCanceled; sent += AnswerPace.PieceBytes)
        {
            var piece = source[sent..Math.Min(source.Length, sent + AnswerPace.PieceBytes)];
            result = await reader.TakesAsync(inner.WriteAsync(piece, cancellationToken), held);
        }

        return result;
    }

    private async ValueTask<FlushResult> SendExcessAsync(CancellationToken cancellationToken)
    {
        await excess!.Writer.FlushAsync(CancellationToken.None);
        var result = await reader.TakesAsync(inner.FlushAsync(cancellationToken));
        using var held = reader.Holds(excess, excessBytes);
        while (excessBytes > 0 && !result.IsCompleted && !result.IsCanceled && excess.Reader.TryRead(out var read))
        {
            var piece = read.Buffer.First[..Math.Min(read.Buffer.First.Length, AnswerPace.PieceBytes)];
            result = await reader.TakesAsync(inner.WriteAsync(piece, cancellationToken), held);
            excessBytes -= piece.Length;
            excess.Reader.AdvanceTo(read.Buffer.GetPosition(piece.Length)); // its memory is free at once
        }

        return result;
    }
}
