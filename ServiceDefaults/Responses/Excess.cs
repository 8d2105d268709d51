namespace ServiceDefaults.Responses;

/// <summary>What was written of an answer, without waiting, beyond what the server may hold of it.</summary>
/// <remarks>It can be dropped from elsewhere, at once: whoever waits for the reader may not run for a while.</remarks>
internal sealed class Excess(AnswerPace pace, Action noRoom)
{
    private readonly Queue<ArraySegment<byte>> full = new();
    private readonly Lock turn = new();
    private byte[] filling = [];
    private int filled;
    private int sent; // of the first
    private bool isDropped;

    public long Bytes { get; private set; }

    public bool IsDropped => Volatile.Read(ref isDropped);

    public Memory<byte> GetMemory(int sizeHint)
    {
        if (filling.Length - filled < Math.Max(1, sizeHint))
        {
            Seal();
            var size = Math.Max(AnswerPace.BufferBytes, sizeHint);
            if (!IsDropped && pace.Rent(size) is { } memory)
            {
                filling = memory;
            }
            else
            {
                Drop();
                noRoom();
                filling = new byte[size]; // for whoever goes on writing; nothing reads it
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
            if (!isDropped && filling.Length > 0)
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
            while (full.TryPeek(out var done) && sent == done.Count)
            {
                pace.Return(full.Dequeue().Array!);
                sent = 0;
            }

            piece = full.TryPeek(out var first) ? first[sent..Math.Min(first.Count, sent + AnswerPace.PieceBytes)] : default;
            sent += piece.Length;
            Bytes -= piece.Length;
            return !piece.IsEmpty;
        }
    }

    public void Drop()
    {
        Seal();
        lock (turn)
        {
            Volatile.Write(ref isDropped, true);
            var isFirst = true;
            while (full.TryDequeue(out var memory))
            {
                pace.Return(memory.Array!, isReusable: !isFirst); // of the first a piece may just be being sent
                isFirst = false;
            }

            Bytes = sent = 0;
        }
    }
}
