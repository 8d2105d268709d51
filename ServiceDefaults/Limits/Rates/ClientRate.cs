using System.Collections.Concurrent;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Limits.Rates;

/// <summary>How often each client has asked: a bucket of requests for each, which fills evenly (the generic cell rate algorithm).</summary>
/// <remarks>Of a client no more is kept than the time at which its bucket is full again, and that no longer than until then.</remarks>
internal sealed class ClientRate(string policy, int requests, TimeSpan window, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> fullAt = new(StringComparer.Ordinal);
    private readonly long each = Math.Max(1, (long)(window.TotalSeconds * clock.TimestampFrequency) / requests); // in ticks of the clock
    private long nextSweep;

    private long Capacity => each * requests;

    /// <summary>Takes one request from a client's bucket, unless it is empty.</summary>
    public Standing Count(string client)
    {
        var now = clock.GetTimestamp();
        Sweep(now);
        while (true)
        {
            var isKnown = fullAt.TryGetValue(client, out var before);
            var missing = (isKnown ? Math.Max(0, before - now) : 0) + each;
            if (missing > Capacity)
            {
                return new Standing(policy, requests, window, 0, TimeOf(missing - each), TimeOf(missing - Capacity));
            }

            if (isKnown ? fullAt.TryUpdate(client, now + missing, before) : fullAt.TryAdd(client, now + missing))
            {
                return new Standing(policy, requests, window, (int)((Capacity - missing) / each), TimeOf(missing), RetryAfter: null);
            }
        }
    }

    private TimeSpan TimeOf(long ticks) => TimeSpan.FromSeconds((double)ticks / clock.TimestampFrequency);

    /// <summary>Once in a window: clients whose buckets are full are forgotten.</summary>
    private void Sweep(long now)
    {
        var due = Interlocked.Read(ref nextSweep);
        if (now < due || Interlocked.CompareExchange(ref nextSweep, now + Capacity, due) != due)
        {
            return;
        }

        foreach (var client in fullAt)
        {
            if (client.Value <= now)
            {
                fullAt.TryRemove(client);
            }
        }
    }
}
