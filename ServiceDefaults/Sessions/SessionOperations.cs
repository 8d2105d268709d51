using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Sessions;

/// <summary>What <see cref="ISession"/> lacks: an exact counter, a new id, an end.</summary>
public static class SessionOperations
{
    /// <summary>Adds to a counter, exactly under any parallelism and on any replica.</summary>
    /// <remarks>The value is the one that <c>SetInt32</c> and <c>GetInt32</c> use.</remarks>
    /// <param name="session">The session.</param>
    /// <param name="key">The counter's key; a counter that is missing counts from 0.</param>
    /// <param name="by">How much; may be negative. Default 1.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The new value.</returns>
    /// <exception cref="OverflowException">The value would leave the range of a 32-bit integer.</exception>
    /// <exception cref="SessionEndedException">The session was ended meanwhile.</exception>
    /// <exception cref="SessionStoreUnavailableException">The store did not answer in time, or refused.</exception>
    public static Task<int> IncrementAsync(this ISession session, string key, int by = 1, CancellationToken cancellationToken = default) =>
        Own(session).IncrementAsync(key, by, cancellationToken);

    /// <summary>Gives the session a new id and keeps its contents: at sign-in and at every change of privilege (ASVS 7.2.4).</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when the old id is dead and the new one stored.</returns>
    /// <exception cref="SessionEndedException">The session was ended meanwhile.</exception>
    /// <exception cref="SessionStoreUnavailableException">The store did not answer in time, or refused.</exception>
    public static Task RenewIdAsync(this ISession session, CancellationToken cancellationToken = default) =>
        Own(session).RenewIdAsync(cancellationToken);

    /// <summary>Ends the session on every replica and deletes its cookie (ASVS 7.4.1). A request under way cannot bring it back.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when it is gone.</returns>
    /// <exception cref="SessionStoreUnavailableException">The store did not answer in time, or refused.</exception>
    public static Task EndAsync(this ISession session, CancellationToken cancellationToken = default) =>
        Own(session).EndAsync(cancellationToken);

    private static RequestSession Own(ISession session) =>
        session as RequestSession ?? throw new InvalidOperationException("This session is not one of UseSessions().");
}
