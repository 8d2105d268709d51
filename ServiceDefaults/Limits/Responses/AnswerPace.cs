using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Limits.Responses;

/// <summary>How fast answers have to be taken, and how much memory those may hold that are not.</summary>
internal sealed class AnswerPace(IOptions<ConnectionLimits> limits)
{
    /// <summary>What is handed to the server at a time.</summary>
    public const int PieceBytes = 16 * 1024;

    /// <summary>What the server holds of one answer that its reader has not taken. Kestrel's default, and where its back pressure begins.</summary>
    public const int BufferBytes = 64 * 1024;

    private readonly LinkedList<Held> waiting = new();
    private readonly Dictionary<object, int> users = new(ReferenceEqualityComparer.Instance);
    private readonly Lock turn = new();
    private long bytes;

    /// <summary>How long a reader may take until there is room for another piece.</summary>
    public TimeSpan Patience { get; } = limits.Value.Grace + TimeSpan.FromSeconds((double)BufferBytes / limits.Value.AnswerBytesPerSecond);

    /// <summary>Counts memory that an answer holds while its reader is awaited; when all hold too much, those who have waited longest are cut.</summary>
    /// <param name="context">Whose answer.</param>
    /// <param name="memory">What is held; what several answers share counts once.</param>
    /// <param name="size">In bytes.</param>
    /// <returns>Ends the counting when it is disposed.</returns>
    public IDisposable Hold(HttpContext context, object memory, long size)
    {
        var held = new Held(this, context, memory, size);
        lock (turn)
        {
            waiting.AddLast(held.Place);
            users[memory] = users.GetValueOrDefault(memory) + 1;
            bytes += users[memory] == 1 ? size : 0;
            while (bytes > limits.Value.UnsentBytes && waiting.First is { } longest && waiting.Count > 1)
            {
                longest.Value.Cut();
            }
        }

        return held;
    }

    private sealed class Held : IDisposable
    {
        private readonly AnswerPace pace;
        private readonly HttpContext context;
        private readonly object memory;
        private readonly long size;

        public Held(AnswerPace pace, HttpContext context, object memory, long size)
        {
            (this.pace, this.context, this.memory, this.size) = (pace, context, memory, size);
            Place = new LinkedListNode<Held>(this);
        }

        public LinkedListNode<Held> Place { get; }

        public void Cut()
        {
            Forget();
            context.Abort();
        }

        public void Dispose()
        {
            lock (pace.turn)
            {
                Forget();
            }
        }

        private void Forget()
        {
            if (Place.List is null)
            {
                return;
            }

            pace.waiting.Remove(Place);
            if (--pace.users[memory] == 0)
            {
                pace.users.Remove(memory);
                pace.bytes -= size;
            }
        }
    }
}
