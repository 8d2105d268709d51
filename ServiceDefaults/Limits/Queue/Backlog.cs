using Microsoft.Extensions.Options;

namespace ServiceDefaults.Limits.Queue;

/// <summary>
/// How long work waits for a thread. Requests that never wait themselves take no places, however many come: they stand in line
/// for a processor, and so does a probe.
/// </summary>
/// <remarks>A burst makes work wait for a moment, too, and is soon done: only a line that stays too long is one of too many requests (controlled delay, RFC 8289).</remarks>
internal sealed class Backlog(IOptions<QueueLimits> limits, TimeProvider clock)
{
    private const int Few = 64; // a pause of the machine, and not too many requests

    private const long None = 0;

    /// <summary>How long a line may be too long, and how long it has to be short again before the next one counts anew (RFC 8289, 4.2).</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long asked = None;
    private long waited;
    private long tooLongSince;
    private long tooLongAt; // last

    /// <summary>Whether there is more to do than can be done in time.</summary>
    public bool IsTooLong()
    {
        if (ThreadPool.PendingWorkItemCount < Few)
        {
            return false;
        }

        var now = clock.GetTimestamp();
        if (WaitAt(now) <= limits.Value.Delay)
        {
            return false;
        }

        if (clock.GetElapsedTime(Volatile.Read(ref tooLongAt), now) > Interval)
        {
            Volatile.Write(ref tooLongSince, now);
        }

        Volatile.Write(ref tooLongAt, now);
        return clock.GetElapsedTime(Volatile.Read(ref tooLongSince), now) > Interval;
    }

    /// <summary>How long what was last put into the line has waited, or still does.</summary>
    private TimeSpan WaitAt(long now)
    {
        var since = Interlocked.CompareExchange(ref asked, now, None);
        if (since == None)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static (backlog) => backlog.Answer(), this, preferLocal: false);
            since = now;
        }

        return clock.GetElapsedTime(0, Math.Max(now - since, Volatile.Read(ref waited)));
    }

    /// <summary>Runs when a thread is free.</summary>
    private void Answer()
    {
        Volatile.Write(ref waited, clock.GetTimestamp() - Volatile.Read(ref asked));
        Volatile.Write(ref asked, None);
    }
}
