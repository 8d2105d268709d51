namespace ServiceDefaults.Limits.Responses;

/// <summary>What was written of an answer, without waiting, beyond what the server may hold of it.</summary>
/// <remarks>It can be dropped from elsewhere, at once: whoever waits for the reader may not run for a while.</remarks>
internal sealed class Excess(AnswerPace pace, Action noRoom)
{
    private readonly Queue<ArraySegment<byte>> full = new();
    private readonly Lock turn = new();
    private byte[] filling = [];
    private int filled;
    private int sent; // of the first
    private long memory;
    private bool isDropped;

    public long Bytes { get; private set; }

    public bool IsDropped => Volatile.Read(ref isDropped);

    public Memory<byte> GetMemory(int sizeHint)
    {
        if (filling.Length - filled < Math.Max(1, sizeHint))
        {
            Seal();
            filling = new byte[Math.Max(AnswerPace.BufferBytes, sizeHint)];
            if (!IsDropped && !pace.TryTake(filling.Length))
            {
                Drop();
                noRoom();
            }

            lock (turn)
            {
                memory += isDropped ? 0 : filling.Length;
            }
        }

        return filling.AsMemory(filled);
    }

    public void Advance(int bytes)
    {
        if (!IsDropped)
        {
            filled += bytes;
            Bytes += bytes;
        }
    }

    /// <summary>Makes all that was written ready to be sent.</summary>
    public void Seal()
    {
        lock (turn)
        {
            if (filled > 0 && !isDropped)
            {
                full.Enqueue(new ArraySegment<byte>(filling, 0, filled));
            }

            filling = [];
            filled = 0;
        }
    }

    /// <summary>Takes the next piece; the one before has been sent.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> piece)
    {
        lock (turn)
        {
            if (full.TryPeek(out var first) && sent == first.Count)
            {
                Forget(full.Dequeue().Array!.Length);
                sent = 0;
            }

            piece = full.TryPeek(out first) ? first[sent..Math.Min(first.Count, sent + AnswerPace.PieceBytes)] : default;
            sent += piece.Length;
            Bytes -= piece.Length;
            return !piece.IsEmpty;
        }
    }

    public void Drop()
    {
        lock (turn)
        {
            Volatile.Write(ref isDropped, true);
            full.Clear();
            Forget(memory);
            Bytes = filled = sent = 0;
        }
    }

    private void Forget(long size)
    {
        memory -= size;
        pace.GiveBack(size);
    }
}
