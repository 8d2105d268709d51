using ServiceDefaults.Sessions;

namespace ServiceDefaults.Identity;

/// <summary>Where the sign-ins of each user are recorded. Implement it beside an <see cref="ISessionStorage"/> of your own.</summary>
/// <remarks>
/// A record does not keep a session alive and may outlive it. Each user's records are gone at the latest when none of
/// their sessions can be alive: an absolute limit (<see cref="SessionStoreOptions.AbsoluteTimeout"/>) after the last sign-in.
/// </remarks>
public interface ISignInRecords
{
    /// <summary>Adds a record, or replaces the one of the same session.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="record">The sign-in.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How many records the user has now.</returns>
    Task<int> AddAsync(string user, SignInRecord record, CancellationToken cancellationToken);

    /// <summary>Reads all records of a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The records in any order; empty for a user without one.</returns>
    Task<IReadOnlyList<SignInRecord>> ListAsync(string user, CancellationToken cancellationToken);

    /// <summary>Removes records.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="sessions">The ids of their sessions; unknown ones are passed over.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when they are gone.</returns>
    Task RemoveAsync(string user, IReadOnlyCollection<string> sessions, CancellationToken cancellationToken);
}
