using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Responses;

/// <summary>How fast answers have to be taken, and how much memory those may hold that are not.</summary>
/// <param name="maximum">How much memory all answers together may hold that were written in one piece, in bytes.</param>
/// <param name="bytesPerSecond">The slowest reader.</param>
/// <param name="grace">How long a reader may be slower.</param>
/// <param name="clock">The time.</param>
internal sealed class AnswerPace(long maximum, int bytesPerSecond, TimeSpan grace, TimeProvider clock)
{
    /// <summary>What is handed to the server at a time.</summary>
    public const int PieceBytes = 16 * 1024;

    /// <summary>What the server holds of one answer that its reader has not taken. Half of Kestrel's default: 500 readers who do not read hold 16 MiB.</summary>
    public const int BufferBytes = 32 * 1024;

    private static readonly TimeSpan Decency = TimeSpan.FromSeconds(5);

    private readonly LinkedList<HeldAnswer> waiting = new();
    private readonly Dictionary<object, int> users = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentStack<byte[]> free = new();
    private readonly Lock turn = new();
    private long bytes;

    /// <summary>How long a reader may take until there is room for another piece.</summary>
    public TimeSpan Patience { get; } = grace + TimeSpan.FromSeconds((double)BufferBytes / bytesPerSecond);

    /// <summary>Takes memory for an answer. When all hold too much, those who have kept it waiting longest make room, but not within a moment.</summary>
    /// <param name="size">How much; mostly <see cref="BufferBytes"/>, and that is used again: garbage would need as much once more.</param>
    /// <returns>The memory; null when there is no room.</returns>
    public byte[]? Rent(int size)
    {
        lock (turn)
        {
            while (Interlocked.Read(ref bytes) + size > maximum && waiting.First is { } longest && clock.GetElapsedTime(longest.Value.Since) > Decency)
            {
                Cut(longest);
            }

            if (Interlocked.Read(ref bytes) + size > maximum)
            {
                return null;
            }

            Interlocked.Add(ref bytes, size);
            return size == BufferBytes && free.TryPop(out var used) ? used : new byte[size];
        }
    }

    public void Return(byte[] memory, bool isReusable = true)
    {
        Interlocked.Add(ref bytes, -memory.Length);
        if (isReusable && memory.Length == BufferBytes)
        {
            free.Push(memory);
        }
    }

    /// <summary>Counts an answer among those that wait for their reader.</summary>
    /// <param name="context">Whose answer.</param>
    /// <param name="memory">What it holds: an <see cref="Excess"/>, which is counted as it grows, or an array of the handler's, which counts once for all answers that share it.</param>
    /// <param name="size">Of the array, in bytes.</param>
    /// <returns>What ends the counting.</returns>
    public LinkedListNode<HeldAnswer> Hold(HttpContext context, object memory, long size)
    {
        var place = new LinkedListNode<HeldAnswer>(new HeldAnswer(context, memory, size, clock.GetTimestamp()));
        lock (turn)
        {
            waiting.AddLast(place);
            if (memory is not Excess && (users[memory] = users.GetValueOrDefault(memory) + 1) == 1)
            {
                Interlocked.Add(ref bytes, size);
                while (Interlocked.Read(ref bytes) > maximum && waiting.Count > 1)
                {
                    Cut(waiting.First!);
                }
            }
        }

        return place;
    }

    public void Release(LinkedListNode<HeldAnswer> place)
    {
        lock (turn)
        {
            if (place.List is null)
            {
                return;
            }

            waiting.Remove(place);
            var (_, memory, size, _) = place.Value;
            if (memory is not Excess && --users[memory] == 0)
            {
                users.Remove(memory);
                Interlocked.Add(ref bytes, -size);
            }

            if (waiting.Count == 0)
            {
                free.Clear(); // the rush is over
            }
        }
    }

    private void Cut(LinkedListNode<HeldAnswer> place)
    {
        Release(place);
        (place.Value.Memory as Excess)?.Drop();
        place.Value.Context.Abort();
    }
}

/// <summary>An answer that waits for its reader.</summary>
internal sealed record HeldAnswer(HttpContext Context, object Memory, long Size, long Since);
