using System.Collections.Concurrent;

namespace ServiceDefaults.Limits.Rates;

/// <summary>How often each client has asked: a bucket of requests for each, which fills evenly (the generic cell rate algorithm).</summary>
/// <remarks>Of a client no more is kept than the time at which its bucket will be full again; until then only.</remarks>
internal sealed class ClientRate(string policy, int requests, TimeSpan window, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> fullAt = new(StringComparer.Ordinal);
    private readonly long span = (long)(window.TotalSeconds * clock.TimestampFrequency);
    private long nextSweep;

    /// <summary>Takes one request from a client's bucket, unless it is empty.</summary>
    public Standing Count(string client)
    {
        var now = clock.GetTimestamp();
        Sweep(now);
        var each = (double)span / requests;
        while (true)
        {
            var known = fullAt.TryGetValue(client, out var before);
            var start = known ? Math.Max(before, now) : now;
            var after = (long)(start + each);
            if (after - now > span + 1)
            {
                return new Standing(policy, requests, window, 0, TimeOf(start - now), TimeOf(after - now - span));
            }

            if (known ? fullAt.TryUpdate(client, after, before) : fullAt.TryAdd(client, after))
            {
                return new Standing(policy, requests, window, (int)((span - (after - now) + 1) / each), TimeOf(after - now), null);
            }
        }
    }

    private TimeSpan TimeOf(long ticks) => TimeSpan.FromSeconds((double)ticks / clock.TimestampFrequency);

    /// <summary>Once in a window: clients whose buckets are full are forgotten.</summary>
    private void Sweep(long now)
    {
        var due = Interlocked.Read(ref nextSweep);
        if (now < due || Interlocked.CompareExchange(ref nextSweep, now + span, due) != due)
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
