namespace ServiceDefaults.Uptime;

/// <summary>The uptime of this process only: gone with it.</summary>
internal sealed class MemoryUptimeRecords(TimeProvider clock) : IUptimeRecords
{
    private readonly Lock turn = new();
    private readonly List<Outage> outages = [];
    private readonly Dictionary<string, Replica> replicas = new(StringComparer.Ordinal);
    private DateTimeOffset? since;
    private DateTimeOffset? last;

    public Task<DateTimeOffset> BeatAsync(Beat beat, CancellationToken cancellationToken)
    {
        lock (turn)
        {
            var now = clock.GetUtcNow();
            if (now < last)
            {
                ForgetTheFuture(now);
            }
            else if (beat.VouchedFrom is { } vouched)
            {
                outages.RemoveAll(outage => outage.Begin >= vouched);
            }
            else if (last is { } before && now - before > UptimeRules.Grace)
            {
                outages.Add(new Outage(before, now));
            }

            since ??= now;
            last = now;
            ForgetTheOldest(now);
            replicas[beat.Instance] = new Replica(beat.Instance, beat.Version, beat.Started, now);
            foreach (var gone in replicas.Values.Where(replica => (now - replica.Seen).Duration() > UptimeRules.Grace).ToArray())
            {
                replicas.Remove(gone.Instance);
            }

            return Task.FromResult(now);
        }
    }

    public Task LeaveAsync(string instance, CancellationToken cancellationToken)
    {
        lock (turn)
        {
            replicas.Remove(instance);
        }

        return Task.CompletedTask;
    }

    public Task<UptimeHistory> ReadAsync(CancellationToken cancellationToken)
    {
        lock (turn)
        {
            var now = clock.GetUtcNow();
            var seen = replicas.Values.Where(replica => (now - replica.Seen).Duration() <= UptimeRules.Grace).OrderBy(replica => replica.Instance, StringComparer.Ordinal);
            return Task.FromResult(new UptimeHistory(now, since, last, [.. outages], [.. seen]));
        }
    }

    /// <summary>The clock was set back: what it told of the time to come is not so.</summary>
    private void ForgetTheFuture(DateTimeOffset now)
    {
        outages.RemoveAll(outage => outage.Begin >= now);
        if (outages.Count > 0 && outages[^1].End > now)
        {
            outages[^1] = outages[^1] with { End = now };
        }

        since = since > now ? now : since;
    }

    private void ForgetTheOldest(DateTimeOffset now)
    {
        while (outages.Count > 0 && (outages.Count > UptimeRules.MaxOutages || outages[0].End <= now - UptimeRules.KeptFor))
        {
            since = outages[0].End;
            outages.RemoveAt(0);
        }
    }
}
