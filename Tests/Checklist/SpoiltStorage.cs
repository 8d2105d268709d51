using ServiceDefaults.Sessions;

namespace Tests.Checklist;

/// <summary>A session store that does one thing wrong.</summary>
internal sealed class SpoiltStorage(ISessionStorage good, bool ends = true, bool counts = true) : ISessionStorage
{
    public string Name => good.Name;

    public bool IsShared => good.IsShared;

    public Task<IReadOnlyDictionary<string, byte[]>?> LoadAsync(string key, CancellationToken cancellationToken) => good.LoadAsync(key, cancellationToken);

    public Task<DateTimeOffset?> LastSeenAsync(string key, CancellationToken cancellationToken) => good.LastSeenAsync(key, cancellationToken);

    public Task CreateAsync(string key, IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken) => good.CreateAsync(key, values, cancellationToken);

    public Task<bool> SaveAsync(string key, IReadOnlyDictionary<string, byte[]?> changes, CancellationToken cancellationToken) => good.SaveAsync(key, changes, cancellationToken);

    /// <summary>Every second visit gets lost.</summary>
    public Task<int?> IncrementAsync(string key, string name, int by, CancellationToken cancellationToken) =>
        counts || Random.Shared.Next(2) == 0 ? good.IncrementAsync(key, name, by, cancellationToken) : Task.FromResult<int?>(1);

    public Task<IReadOnlyDictionary<string, byte[]>?> EndAsync(string key, CancellationToken cancellationToken) =>
        ends ? good.EndAsync(key, cancellationToken) : good.LoadAsync(key, cancellationToken);
}
