namespace ServiceDefaults.Sessions;

/// <summary>Where sessions are kept. Implement it to bring a store of your own.</summary>
/// <remarks>
/// Every method is one step that other requests see whole or not at all. A key is the hash of a session id and is
/// worth nothing to whoever reads the store.
/// </remarks>
public interface ISessionStorage
{
    /// <summary>The store in a word or two, for people: "Redis", "memory".</summary>
    string Name { get; }

    /// <summary>Whether sessions outlive this process and are seen by every replica.</summary>
    bool IsShared { get; }

    /// <summary>Reads a session and starts its idle time again.</summary>
    /// <param name="key">The session's key.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Its values; null when there is no such session, or it has expired.</returns>
    /// <exception cref="SessionStoreUnavailableException">The store did not answer in time.</exception>
    Task<IReadOnlyDictionary<string, byte[]>?> LoadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Tells when a session was last used, and does not count as a use.</summary>
    /// <param name="key">The session's key.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The time; null when there is no such session, or it has expired.</returns>
    /// <exception cref="SessionStoreUnavailableException">The store did not answer in time.</exception>
    Task<DateTimeOffset?> LastSeenAsync(string key, CancellationToken cancellationToken);

    /// <summary>Creates a session.</summary>
    /// <param name="key">A key that is not in use.</param>
    /// <param name="values">Its first values.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when it is stored.</returns>
    /// <exception cref="SessionStoreUnavailableException">The store did not answer in time, or refused.</exception>
    Task CreateAsync(string key, IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken);

    /// <summary>Writes changes to a session that still exists.</summary>
    /// <param name="key">The session's key.</param>
    /// <param name="changes">What is new by key; null means removed. What is not named stays as it is.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>False when the session has ended meanwhile; nothing is written then.</returns>
    /// <exception cref="SessionStoreUnavailableException">The store did not answer in time, or refused.</exception>
    Task<bool> SaveAsync(string key, IReadOnlyDictionary<string, byte[]?> changes, CancellationToken cancellationToken);

    /// <summary>Adds to an <see cref="int"/>, stored as <c>SetInt32</c> stores it, exactly under any parallelism.</summary>
    /// <param name="key">The session's key.</param>
    /// <param name="name">The value's key; a value that is missing counts from 0.</param>
    /// <param name="by">How much.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The new value; null when the session has ended meanwhile.</returns>
    /// <exception cref="SessionStoreUnavailableException">The store did not answer in time, or refused.</exception>
    Task<int?> IncrementAsync(string key, string name, int by, CancellationToken cancellationToken);

    /// <summary>Ends a session and hands out what it held.</summary>
    /// <param name="key">The session's key.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Its last values; null when there was no such session.</returns>
    /// <exception cref="SessionStoreUnavailableException">The store did not answer in time, or refused.</exception>
    Task<IReadOnlyDictionary<string, byte[]>?> EndAsync(string key, CancellationToken cancellationToken);
}
