using Microsoft.Extensions.Options;

namespace ServiceDefaults.Limits.Queue;

/// <summary>
/// How long work waits for a thread. Requests that never wait themselves take no places, however many come: they stand in line
/// for a processor, and so does a probe.
/// </summary>
internal sealed class Backlog(IOptions<QueueLimits> limits, TimeProvider clock)
{
    private const int Few = 64; // a pause of the machine, and not too many requests

    private const long None = 0;

    private long asked = None;
    private long waited;

    /// <summary>Whether there is more to do than can be done in time.</summary>
    public bool IsTooLong()
    {
        if (ThreadPool.PendingWorkItemCount < Few)
        {
            return false;
        }

        var now = clock.GetTimestamp();
        var since = Interlocked.CompareExchange(ref asked, now, None);
        if (since == None)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static (backlog) => backlog.Answer(), this, preferLocal: false);
            since = now;
        }

        return clock.GetElapsedTime(0, Math.Max(now - since, Volatile.Read(ref waited))) > limits.Value.Delay;
    }

    /// <summary>Runs when a thread is free.</summary>
    private void Answer()
    {
        Volatile.Write(ref waited, clock.GetTimestamp() - Volatile.Read(ref asked));
        Volatile.Write(ref asked, None);
    }
}
