using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace ServiceDefaults.Caching;

/// <summary>Holds what is written, up to a limit, or lets all of it through.</summary>
internal sealed class HeldPipeWriter(IHttpResponseBodyFeature inner, CacheDecision decision, int limit) : PipeWriter
{
    private const int InitialCapacity = 4096; // a page of memory: most answers have more than the default of 256

    private ArrayBufferWriter<byte>? held;
    private bool isDecided;

    public bool IsHolding
    {
        get
        {
            if (!isDecided)
            {
                isDecided = true;
                held = decision.HasReasonToHold ? new ArrayBufferWriter<byte>(InitialCapacity) : null;
            }

            return held is not null;
        }
    }

    public ReadOnlyMemory<byte>? Held => IsHolding ? held!.WrittenMemory : default(ReadOnlyMemory<byte>?);

    public override bool CanGetUnflushedBytes => true;

    /// <summary>What is held counts as flushed: serializers flush when much is unflushed, and would again and again.</summary>
    public override long UnflushedBytes => IsHolding ? 0 : inner.Writer.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => IsHolding ? held!.GetMemory(sizeHint) : inner.Writer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => IsHolding ? held!.GetSpan(sizeHint) : inner.Writer.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        if (IsHolding)
        {
            held!.Advance(bytes);
        }
        else
        {
            inner.Writer.Advance(bytes);
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        KeepsHolding() ? default : inner.Writer.FlushAsync(cancellationToken);

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        if (!IsHolding)
        {
            return inner.Writer.WriteAsync(source, cancellationToken);
        }

        held!.Write(source.Span);
        return FlushAsync(cancellationToken);
    }

    public override void Complete(Exception? exception = null)
    {
        if (IsOver(exception))
        {
            inner.Writer.Complete(exception);
        }
    }

    public override ValueTask CompleteAsync(Exception? exception = null) => IsOver(exception) ? inner.Writer.CompleteAsync(exception) : default;

    public override void CancelPendingFlush() => inner.Writer.CancelPendingFlush();

    /// <summary>Lets through what was held; from now on everything goes straight on.</summary>
    public void Release()
    {
        isDecided = true;
        if (held is { WrittenCount: > 0 })
        {
            inner.Writer.Write(held.WrittenSpan);
        }

        held = null;
    }

    /// <summary>Forgets what was held.</summary>
    public void Drop() => held!.ResetWrittenCount();

    /// <summary>Sends what was held.</summary>
    public async Task SendAsync()
    {
        if (held is { WrittenCount: > 0 })
        {
            Release();
            await inner.Writer.FlushAsync();
        }
    }

    /// <summary>What is held waits for the end of the request; but of half an answer nothing is kept.</summary>
    private bool IsOver(Exception? exception)
    {
        if (exception is not null)
        {
            Release();
        }

        return !IsHolding;
    }

    private bool KeepsHolding()
    {
        if (IsHolding && held!.WrittenCount > limit)
        {
            Release();
        }

        return IsHolding;
    }
}
