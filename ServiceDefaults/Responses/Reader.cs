using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Responses;

/// <summary>Who reads an answer, slowly or not.</summary>
internal sealed class Reader(HttpContext context, AnswerPace pace)
{
    /// <summary>Room for what is written without waiting. When all answers together hold too much, this one ends.</summary>
    public Excess MakeRoom() => new(pace, context.Abort);

    /// <summary>What an answer holds until it is sent; it counts from when the reader is first waited for.</summary>
    public Holding Holds(object memory, long size) => new(context, pace, memory, size);

    /// <summary>Waits until the reader has taken enough for the next piece, and no longer than the slowest one takes.</summary>
    public ValueTask<FlushResult> TakesAsync(ValueTask<FlushResult> flush, Holding? held = null)
    {
        if (flush.IsCompleted)
        {
            return flush;
        }

        held?.Begin();
        return WaitAsync(flush.AsTask());
    }

    private async ValueTask<FlushResult> WaitAsync(Task<FlushResult> flush)
    {
        try
        {
            return await flush.WaitAsync(pace.Patience, CancellationToken.None);
        }
        catch (TimeoutException) when (!flush.IsCompleted)
        {
            context.Abort();
            return await flush;
        }
    }

    public sealed class Holding(HttpContext context, AnswerPace pace, object memory, long size) : IDisposable
    {
        private LinkedListNode<HeldAnswer>? place;

        public void Begin() => place ??= pace.Hold(context, memory, size);

        public void Dispose()
        {
            if (place is not null)
            {
                pace.Release(place);
            }
        }
    }
}
