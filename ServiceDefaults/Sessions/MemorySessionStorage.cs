using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Sessions;

/// <summary>Sessions in this process: for development, and for a single process whose sessions may be lost.</summary>
internal sealed class MemorySessionStorage : ISessionStorage, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Entry> sessions = new(StringComparer.Ordinal);
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
        Task.FromResult(WithLiving(key, entry => (IReadOnlyDictionary<string, byte[]>)Copy(entry.Values)));

    public Task CreateAsync(string key, IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        sessions[key] = new Entry { Values = Copy(values), Created = now, Seen = now };
        return Task.CompletedTask;
    }

    public Task<bool> SaveAsync(string key, IReadOnlyDictionary<string, byte[]?> changes, CancellationToken cancellationToken) =>
        Task.FromResult(WithLiving(key, entry =>
        {
            foreach (var (name, value) in changes)
            {
                if (value is null)
                {
                    entry.Values.Remove(name);
                }
                else
                {
                    entry.Values[name] = value;
                }
            }

            return entry;
        }) is not null);

    public Task<int?> IncrementAsync(string key, string name, int by, CancellationToken cancellationToken)
    {
        int? result = null;
        WithLiving(key, entry =>
        {
            var old = entry.Values.TryGetValue(name, out var bytes) && bytes.Length == sizeof(int) ? BinaryPrimitives.ReadInt32BigEndian(bytes) : 0;
            result = checked(old + by);
            var value = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(value, result.Value);
            entry.Values[name] = value;
            return entry;
        });
        return Task.FromResult(result);
    }

    public Task<IReadOnlyDictionary<string, byte[]>?> EndAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult(WithLiving(key, entry =>
        {
            entry.Ended = true;
            sessions.TryRemove(key, out _);
            return (IReadOnlyDictionary<string, byte[]>)entry.Values;
        }));

    public void Dispose() => sweeper.Dispose();

    private static Dictionary<string, byte[]> Copy(IReadOnlyDictionary<string, byte[]> values) => new(values, StringComparer.Ordinal);

    /// <summary>Runs a step on a session that has not expired, alone, and starts its idle time again.</summary>
    private T? WithLiving<T>(string key, Func<Entry, T> step)
        where T : class
    {
        if (!sessions.TryGetValue(key, out var entry))
        {
            return null;
        }

        lock (entry)
        {
            if (entry.Ended || HasExpired(entry))
            {
                sessions.TryRemove(key, out _);
                return null;
            }

            entry.Seen = clock.GetUtcNow();
            return step(entry);
        }
    }

    private bool HasExpired(Entry entry)
    {
        var now = clock.GetUtcNow();
        return now - entry.Seen >= idle || now - entry.Created >= absolute;
    }

    private void Sweep()
    {
        foreach (var (key, entry) in sessions)
        {
            lock (entry)
            {
                if (HasExpired(entry))
                {
                    entry.Ended = true;
                    sessions.TryRemove(key, out _);
                }
            }
        }
    }

    private sealed class Entry
    {
        public required Dictionary<string, byte[]> Values { get; init; }

        public required DateTimeOffset Created { get; init; }

        public required DateTimeOffset Seen { get; set; }

        public bool Ended { get; set; }
    }
}
