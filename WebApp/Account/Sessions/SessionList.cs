using ServiceDefaults.Identity;

namespace WebApp.Account.Sessions;

/// <summary>The sessions of a user, as a table with a button to end each.</summary>
/// <param name="Sessions">The sessions.</param>
/// <param name="Current">The id of the session that looks at them.</param>
/// <param name="Now">The time.</param>
public sealed record SessionList(IReadOnlyList<SignedInSession> Sessions, string Current, DateTimeOffset Now);
