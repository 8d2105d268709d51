using System.IO.Pipelines;
using System.Runtime.InteropServices;

namespace ServiceDefaults.Responses;

/// <summary>
/// Hands an answer to the server piece by piece, each when the reader has taken those before. Kestrel itself would copy
/// whatever is written in one call, however large, and allow it as much time as all of it takes at the slowest rate.
/// </summary>
internal sealed class PacedPipeWriter(PipeWriter inner, Reader reader) : PipeWriter, IDisposable
{
    private Excess? excess;
    private long directBytes; // written since the last flush, and held by the server

    /// <summary>Whether more has been written than the server may hold.</summary>
    public bool HasExcess => excess is { Bytes: > 0 };

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes + (excess?.Bytes ?? 0);

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (excess is null && directBytes + sizeHint <= AnswerPace.BufferBytes)
        {
            return inner.GetMemory(sizeHint);
        }

        return (excess ??= reader.MakeRoom()).GetMemory(sizeHint);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (excess is null)
        {
            inner.Advance(bytes);
            directBytes += bytes;
        }
        else
        {
            excess.Advance(bytes);
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        directBytes = 0;
        return !HasExcess ? reader.TakesAsync(inner.FlushAsync(cancellationToken)) : SendExcessAsync(cancellationToken);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        directBytes = 0;
        return !HasExcess && source.Length <= AnswerPace.PieceBytes
            ? reader.TakesAsync(inner.WriteAsync(source, cancellationToken))
            : SendAsync(source, cancellationToken);
    }

    public override async ValueTask CompleteAsync(Exception? exception = null)
    {
        if (exception is null && HasExcess)
        {
            await SendExcessAsync(CancellationToken.None);
        }

        await inner.CompleteAsync(exception);
    }

    /// <remarks>What cannot be sent here, because nothing can be awaited, is sent at the end of the request.</remarks>
    public override void Complete(Exception? exception = null)
    {
        if (exception is not null || !HasExcess)
        {
            inner.Complete(exception);
        }
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    /// <summary>Frees what nobody will read any more.</summary>
    public void Dispose() => excess?.Drop();

    private async ValueTask<FlushResult> SendAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken)
    {
        var result = HasExcess ? await SendExcessAsync(cancellationToken) : default;
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
        excess!.Seal();
        using var held = reader.Holds(excess, excess.Bytes);
        var result = await reader.TakesAsync(inner.FlushAsync(cancellationToken), held);
        while (!result.IsCompleted && !result.IsCanceled && excess.TryTake(out var piece))
        {
            result = await reader.TakesAsync(inner.WriteAsync(piece, cancellationToken), held);
        }

        var isDropped = excess.IsDropped;
        if (!HasExcess && !isDropped)
        {
            excess = null;
        }

        return isDropped ? new FlushResult(isCanceled: false, isCompleted: true) : result;
    }
}
