using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Sessions;

/// <summary>Any store, with an eye on it: it is measured, and an outage is told once when it begins and once when it ends, however many requests it hits.</summary>
internal sealed partial class WatchedSessionStorage(ISessionStorage inner, SessionMeter meter, TimeProvider clock, ILogger<WatchedSessionStorage> logger) : ISessionStorage
{
    private const long None = long.MinValue;

    private long outageSince = None;

    public string Name => inner.Name;

    public bool IsShared => inner.IsShared;

    public Task<IReadOnlyDictionary<string, byte[]>?> LoadAsync(string key, CancellationToken cancellationToken) =>
        WatchAsync(meter.Load, meter.Now(), inner.LoadAsync(key, cancellationToken));

    public Task<DateTimeOffset?> LastSeenAsync(string key, CancellationToken cancellationToken) =>
        WatchAsync(meter.Load, meter.Now(), inner.LastSeenAsync(key, cancellationToken));

    public Task CreateAsync(string key, IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken) =>
        WatchAsync(meter.Create, meter.Now(), inner.CreateAsync(key, values, cancellationToken));

    public Task<bool> SaveAsync(string key, IReadOnlyDictionary<string, byte[]?> changes, CancellationToken cancellationToken) =>
        WatchAsync(meter.Save, meter.Now(), inner.SaveAsync(key, changes, cancellationToken));

    public Task<int?> IncrementAsync(string key, string name, int by, CancellationToken cancellationToken) =>
        WatchAsync(meter.Save, meter.Now(), inner.IncrementAsync(key, name, by, cancellationToken));

    public Task<IReadOnlyDictionary<string, byte[]>?> EndAsync(string key, CancellationToken cancellationToken) =>
        WatchAsync(meter.End, meter.Now(), inner.EndAsync(key, cancellationToken));

    private async Task<T> WatchAsync<T>(SessionMeter.Operation kind, long began, Task<T> operation)
    {
        try
        {
            var result = await operation;
            NoticeSuccess();
            kind.Succeeded(began, found: !EqualityComparer<T>.Default.Equals(result, default));
            return result;
        }
        catch (SessionStoreUnavailableException exception)
        {
            kind.Failed(began, exception.InnerException!);
            NoticeOutage(exception);
            throw;
        }
    }

    private async Task WatchAsync(SessionMeter.Operation kind, long began, Task operation)
    {
        try
        {
            await operation;
            NoticeSuccess();
            kind.Succeeded(began, found: true);
        }
        catch (SessionStoreUnavailableException exception)
        {
            kind.Failed(began, exception.InnerException!);
            NoticeOutage(exception);
            throw;
        }
    }

    private void NoticeOutage(SessionStoreUnavailableException exception)
    {
        if (Interlocked.CompareExchange(ref outageSince, clock.GetTimestamp(), None) == None)
        {
            meter.OutageBegan();
            LogOutage(inner.Name, exception.InnerException!.GetType().Name, exception);
        }
    }

    private void NoticeSuccess()
    {
        if (Volatile.Read(ref outageSince) != None && Interlocked.Exchange(ref outageSince, None) is var since and not None)
        {
            LogRecovery(inner.Name, clock.GetElapsedTime(since).TotalSeconds);
        }
    }

    [LoggerMessage(LogLevel.Error, "The session store ({Store}) fails ({Reason}). Requests that carry or write a session get 503 until it is back.")]
    private partial void LogOutage(string store, string reason, Exception exception);

    [LoggerMessage(LogLevel.Information, "The session store ({Store}) works again after {Seconds:F1} s.")]
    private partial void LogRecovery(string store, double seconds);
}
