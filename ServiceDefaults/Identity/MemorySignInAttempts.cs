namespace ServiceDefaults.Identity;

/// <summary>Counts in this process only.</summary>
internal sealed class MemorySignInAttempts(TimeProvider clock) : ISignInAttempts
{
    private readonly Dictionary<string, Counter> counters = new(StringComparer.Ordinal);
    private readonly Lock turn = new();
    private DateTimeOffset nextSweep;

    public Task<AttemptCount> CountAsync(string counter, int limit, TimeSpan window, CancellationToken cancellationToken)
    {
        lock (turn)
        {
            var now = clock.GetUtcNow();
            Sweep(now, window);
            if (!counters.TryGetValue(counter, out var found))
            {
                counters.Add(counter, found = new Counter());
            }

            found.ForgetBefore(now - window);
            if (found.Times.Count >= limit)
            {
                return Task.FromResult(new AttemptCount(found.Times.Count, found.Times[^limit] + window - now));
            }

            found.Times.Add(now);
            return Task.FromResult(new AttemptCount(found.Times.Count, TimeSpan.Zero));
        }
    }

    public Task TakeBackAsync(string counter, CancellationToken cancellationToken)
    {
        lock (turn)
        {
            if (counters.TryGetValue(counter, out var found) && found.Times.Count > 0)
            {
                found.Times.RemoveAt(found.Times.Count - 1);
            }
        }

        return Task.CompletedTask;
    }

    public Task ForgetAsync(string counter, CancellationToken cancellationToken)
    {
        lock (turn)
        {
            counters.Remove(counter);
        }

        return Task.CompletedTask;
    }

    /// <summary>Once in a window: whoever types ever new names does not fill the memory.</summary>
    private void Sweep(DateTimeOffset now, TimeSpan window)
    {
        if (now < nextSweep)
        {
            return;
        }

        nextSweep = now + window;
        foreach (var (name, counter) in counters)
        {
            counter.ForgetBefore(now - window);
            if (counter.Times.Count == 0)
            {
                counters.Remove(name);
            }
        }
    }

    private sealed class Counter
    {
        /// <summary>The oldest first.</summary>
        public List<DateTimeOffset> Times { get; } = [];

        public void ForgetBefore(DateTimeOffset end) => Times.RemoveAll(time => time <= end);
    }
}
