using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Identity;

/// <summary>What a security log needs to tell (ASVS 16.3.1, 16.3.2), without personal data: opaque ids, no name, no address.</summary>
/// <param name="logger">The log; its category is this class.</param>
/// <param name="meter">Counts how attempts to sign in end.</param>
/// <param name="clock">The time.</param>
public sealed partial class SecurityEvents(ILogger<SecurityEvents> logger, SignInMeter meter, TimeProvider clock)
{
    private const int LongestReason = 300; // characters; a stranger may have written them

    private readonly RefusedUsers refused = new(clock);
    private readonly RefusedUsers remote = new(clock);

    /// <summary>A user has signed in.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="session">The session's new id.</param>
    public void SignedIn(string user, string session)
    {
        meter.Ended("succeeded");
        LogSignedIn(user, session);
    }

    /// <summary>A name and a password did not fit.</summary>
    /// <param name="user">The user's id; null when there is no such user.</param>
    public void SignInFailed(string? user)
    {
        meter.Ended("failed");
        LogSignInFailed(user);
    }

    /// <summary>So many attempts have failed that more are refused for a while.</summary>
    /// <param name="what">A name or an address; which one is not logged.</param>
    /// <param name="user">The user's id; null when there is no such user.</param>
    [LoggerMessage(103, LogLevel.Warning, "One {What} is locked out after too many failed attempts to sign in; the user, if there is one, is {User}.")]
    public partial void LockedOut(string what, string? user);

    /// <summary>An attempt to sign in was refused unseen, because too many have failed.</summary>
    /// <param name="what">A name or an address; which one is not logged.</param>
    public void SignInRefused(string what)
    {
        meter.Ended("refused");
        LogSignInRefused(what);
    }

    /// <summary>A user has signed out.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="session">The session's id.</param>
    [LoggerMessage(105, LogLevel.Information, "User {User} signed out of session {Session}.")]
    public partial void SignedOut(string user, string session);

    /// <summary>A session was ended from elsewhere.</summary>
    /// <param name="user">The id of the user whose session it was.</param>
    /// <param name="session">The session's id.</param>
    /// <param name="by">The id of who did it; null when the user had too many sessions.</param>
    [LoggerMessage(106, LogLevel.Information, "Session {Session} of user {User} was revoked by {By}.")]
    public partial void SessionRevoked(string user, string session, string? by);

    /// <summary>A user has a new password.</summary>
    /// <param name="user">The user's id.</param>
    [LoggerMessage(107, LogLevel.Information, "User {User} changed the password.")]
    public partial void PasswordChanged(string user);

    /// <summary>There is a new user.</summary>
    /// <param name="user">The user's id.</param>
    [LoggerMessage(108, LogLevel.Information, "User {User} registered.")]
    public partial void Registered(string user);

    /// <summary>Somebody asked for what they may not see or do: one line a minute for each user, with the number of those left out before.</summary>
    /// <param name="user">The user's id; null when nobody was signed in.</param>
    /// <param name="endpoint">What was asked for.</param>
    public void AccessRefused(string? user, string? endpoint)
    {
        if (refused.IsDue(user, out var unlogged))
        {
            LogAccessRefused(user, endpoint, unlogged);
        }
    }

    /// <summary>A sign-in at a remote provider came to nothing: one line a minute, with the number of those left out before.</summary>
    /// <param name="reason">Why, as the scheme or the provider says; anybody can cause it, and may have written it.</param>
    public void RemoteSignInFailed(string reason)
    {
        meter.Ended("failed");
        if (remote.IsDue(user: null, out var unlogged))
        {
            LogRemoteSignInFailed(reason.Length > LongestReason ? reason[..LongestReason] : reason, unlogged);
        }
    }

    [LoggerMessage(101, LogLevel.Information, "User {User} signed in; the session is {Session}.")]
    private partial void LogSignedIn(string user, string session);

    [LoggerMessage(102, LogLevel.Warning, "A sign-in failed; the user, if there is one, is {User}.")]
    private partial void LogSignInFailed(string? user);

    [LoggerMessage(109, LogLevel.Warning, "User {User} was refused access to {Endpoint}. Refusals of this user since the line before: {Unlogged}.")]
    private partial void LogAccessRefused(string? user, string? endpoint, int unlogged);

    [LoggerMessage(110, LogLevel.Warning, "A sign-in at a remote provider failed: {Reason} Failures since the line before: {Unlogged}.")]
    private partial void LogRemoteSignInFailed(string reason, int unlogged);

    // The warning was the lock-out; whoever goes on guessing must not be able to fill the log with more.
    [LoggerMessage(104, LogLevel.Information, "An attempt to sign in was refused: its {What} is locked out.")]
    private partial void LogSignInRefused(string what);
}
