using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Options;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Sessions;

/// <summary>Sessions in any <see cref="IDistributedCache"/> that the application has registered.</summary>
/// <remarks>
/// Such a cache reads and writes whole entries only. The steps of this process on one session are therefore taken one
/// after another; two replicas that change the same session at the same moment can still overwrite each other, which the
/// Redis store excludes.
/// </remarks>
internal sealed class DistributedCacheSessionStorage(
    IDistributedCache cache, ApplicationIdentity identity, TimeProvider clock, IOptions<SessionOptions> session, IOptions<SessionStoreOptions> store) : ISessionStorage, IDisposable
{
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public string Name => "the distributed cache";

    public bool IsShared => cache is not MemoryDistributedCache;

    public Task<IReadOnlyDictionary<string, byte[]>?> LoadAsync(string key, CancellationToken cancellationToken) =>
        StepAsync<IReadOnlyDictionary<string, byte[]>?>("load", key, entry => entry.Values, cancellationToken);

    public Task<DateTimeOffset?> LastSeenAsync(string key, CancellationToken cancellationToken) =>
        GuardAsync("load", key, async cancel => (await ReadAsync(key, cancel))?.Seen, cancellationToken);

    public Task CreateAsync(string key, IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken) =>
        GuardAsync("save", key, async cancel =>
        {
            await WriteAsync(key, new SessionEntry(clock.GetUtcNow(), new Dictionary<string, byte[]>(values, StringComparer.Ordinal)), cancel);
            return true;
        }, cancellationToken);

    public Task<bool> SaveAsync(string key, IReadOnlyDictionary<string, byte[]?> changes, CancellationToken cancellationToken) =>
        StepAsync("save", key, entry =>
        {
            entry.Apply(changes);
            return true;
        }, cancellationToken);

    public Task<int?> IncrementAsync(string key, string name, int by, CancellationToken cancellationToken) =>
        StepAsync<int?>("save", key, entry => entry.Increment(name, by), cancellationToken);

    public Task<IReadOnlyDictionary<string, byte[]>?> EndAsync(string key, CancellationToken cancellationToken) =>
        GuardAsync("end", key, async cancel =>
        {
            var entry = await ReadAsync(key, cancel);
            await cache.RemoveAsync(NameOf(key), cancel);
            return (IReadOnlyDictionary<string, byte[]>?)entry?.Values;
        }, cancellationToken);

    public void Dispose() => Array.ForEach(turns, turn => turn.Dispose());

    private string NameOf(string key) => $"{identity.Slug}:session:{key}";

    /// <summary>Runs a step on a living session and writes it back; the default where there is none.</summary>
    private Task<T?> StepAsync<T>(string operation, string key, Func<SessionEntry, T> step, CancellationToken cancellationToken) =>
        GuardAsync(operation, key, async cancel =>
        {
            if (await ReadAsync(key, cancel) is not { } entry)
            {
                return default;
            }

            entry.Seen = clock.GetUtcNow();
            var result = step(entry);
            await WriteAsync(key, entry, cancel);
            return result;
        }, cancellationToken);

    private async Task<SessionEntry?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var entry = await cache.GetAsync(NameOf(key), cancellationToken) is { } bytes ? SessionEntry.FromBytes(bytes) : null;
        return entry?.HasExpired(clock.GetUtcNow(), session.Value.IdleTimeout, store.Value.AbsoluteTimeout) == false ? entry : null;
    }

    private Task WriteAsync(string key, SessionEntry entry, CancellationToken cancellationToken)
    {
        var left = store.Value.AbsoluteTimeout - (clock.GetUtcNow() - entry.Created);
        var expiry = left < session.Value.IdleTimeout ? left : session.Value.IdleTimeout;
        return cache.SetAsync(NameOf(key), entry.ToBytes(), new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = expiry }, cancellationToken);
    }

    /// <summary>One step at a time on one session, each bounded in time. What a cache throws is its own choice: all of it is an outage.</summary>
    private async Task<T> GuardAsync<T>(string operation, string key, Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        var turn = turns[(uint)StringComparer.Ordinal.GetHashCode(key) % turns.Length];
        try
        {
            return await TakeTurnAsync(turn, step, cancellationToken).WaitAsync(session.Value.IOTimeout, cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OverflowException))
        {
            throw new SessionStoreUnavailableException(operation, exception);
        }
    }

    /// <summary>The turn lasts as long as the step really takes, even when nobody waits for it any more.</summary>
    private static async Task<T> TakeTurnAsync<T>(SemaphoreSlim turn, Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await step(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }
}
