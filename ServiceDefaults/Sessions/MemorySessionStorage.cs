using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Sessions;

/// <summary>Sessions in this process: for development, and for a single process whose sessions may be lost.</summary>
internal sealed class MemorySessionStorage : ISessionStorage, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, SessionEntry> sessions = new(StringComparer.Ordinal);
    private readonly TimeProvider clock;
    private readonly TimeSpan idle;
    private readonly TimeSpan absolute;
    private readonly ITimer sweeper;

    public MemorySessionStorage(TimeProvider clock, IOptions<SessionOptions> session, IOptions<SessionStoreOptions> store)
    {
        this.clock = clock;
        idle = session.Value.IdleTimeout;
        absolute = store.Value.AbsoluteTimeout;
        sweeper = clock.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    public string Name => "memory";

    public bool IsShared => false;

    public Task<IReadOnlyDictionary<string, byte[]>?> LoadAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(Step<IReadOnlyDictionary<string, byte[]>?>(key, entry => Copy(entry.Values)));

    public Task<DateTimeOffset?> LastSeenAsync(string key, CancellationToken cancellationToken)
    {
        if (!sessions.TryGetValue(key, out var entry))
        {
            return Task.FromResult<DateTimeOffset?>(null);
        }

        lock (entry)
        {
            return Task.FromResult<DateTimeOffset?>(RemoveIfExpired(key, entry) ? null : entry.Seen);
        }
    }

    public Task CreateAsync(string key, IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken)
    {
        sessions[key] = new SessionEntry(clock.GetUtcNow(), Copy(values));
        return Task.CompletedTask;
    }

    public Task<bool> SaveAsync(string key, IReadOnlyDictionary<string, byte[]?> changes, CancellationToken cancellationToken) =>
        Task.FromResult(Step(key, entry =>
        {
            entry.Apply(changes);
            return true;
        }));

    public Task<int?> IncrementAsync(string key, string name, int by, CancellationToken cancellationToken) =>
        Task.FromResult(Step<int?>(key, entry => entry.Increment(name, by)));

    public Task<IReadOnlyDictionary<string, byte[]>?> EndAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(Step<IReadOnlyDictionary<string, byte[]>?>(key, entry =>
        {
            sessions.TryRemove(key, out _);
            return entry.Values;
        }));

    public void Dispose() => sweeper.Dispose();

    private static Dictionary<string, byte[]> Copy(IReadOnlyDictionary<string, byte[]> values) => new(values, StringComparer.Ordinal);

    /// <summary>Runs a step on a living session, alone, and starts its idle time again; the default where there is none.</summary>
    private T? Step<T>(string key, Func<SessionEntry, T> step)
    {
        if (!sessions.TryGetValue(key, out var entry))
        {
            return default;
        }

        lock (entry)
        {
            // Another request may have ended the session while this one waited for its turn.
            if (!sessions.ContainsKey(key) || RemoveIfExpired(key, entry))
            {
                return default;
            }

            entry.Seen = clock.GetUtcNow();
            return step(entry);
        }
    }

    private void Sweep()
    {
        foreach (var (key, entry) in sessions)
        {
            lock (entry)
            {
                RemoveIfExpired(key, entry);
            }
        }
    }

    private bool RemoveIfExpired(string key, SessionEntry entry) =>
        entry.HasExpired(clock.GetUtcNow(), idle, absolute) && sessions.TryRemove(key, out _);
}
