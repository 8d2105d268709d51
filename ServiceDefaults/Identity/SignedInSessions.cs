using Microsoft.Extensions.Options;
using ServiceDefaults.Sessions;

namespace ServiceDefaults.Identity;

/// <summary>Where a user is signed in (ASVS 7.5.2), and the means to end it, one's own or, for an operator, anybody's (ASVS 7.4.5).</summary>
/// <remarks>What is ended is the session itself: no replica finds it with its next request.</remarks>
/// <param name="records">The sign-ins.</param>
/// <param name="storage">The sessions.</param>
/// <param name="events">What happens is logged.</param>
/// <param name="options">How many sessions a user may have.</param>
public sealed class SignedInSessions(ISignInRecords records, ISessionStorage storage, SecurityEvents events, IOptions<SignInOptions> options)
{
    /// <summary>Lists the living sessions of a user, the one that was used last before the others.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The sessions. Being listed does not keep them alive.</returns>
    public async Task<IReadOnlyList<SignedInSession>> ListAsync(string user, CancellationToken cancellationToken)
    {
        var all = await records.ListAsync(user, cancellationToken);
        var seen = await Task.WhenAll(all.Select(record => storage.LastSeenAsync(record.Session, cancellationToken)));
        await records.RemoveAsync(user, [.. all.Where((_, i) => seen[i] is null).Select(record => record.Session)], cancellationToken);
        return
        [
            .. all.Zip(seen)
                .Where(pair => pair.Second is not null)
                .Select(pair => new SignedInSession(pair.First, pair.Second!.Value))
                .OrderByDescending(session => session.LastSeen),
        ];
    }

    /// <summary>Ends one session of a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="session">The session's id.</param>
    /// <param name="by">The id of whoever asked for it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>False when it is no session of this user, or has ended already.</returns>
    public async Task<bool> EndAsync(string user, string session, string by, CancellationToken cancellationToken)
    {
        var all = await records.ListAsync(user, cancellationToken);
        if (!all.Any(record => record.Session == session))
        {
            return false;
        }

        return await EndAsync(user, [session], by, cancellationToken) > 0;
    }

    /// <summary>Ends all sessions of a user, or all but one.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="except">The id of the session that stays; null for none.</param>
    /// <param name="by">The id of whoever asked for it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How many were ended.</returns>
    public async Task<int> EndAllAsync(string user, string? except, string by, CancellationToken cancellationToken)
    {
        var all = await records.ListAsync(user, cancellationToken);
        return await EndAsync(user, [.. all.Select(record => record.Session).Where(session => session != except)], by, cancellationToken);
    }

    /// <summary>Records a sign-in whose session exists already, but whose cookie nobody has yet: no session is ever alive and unlisted.</summary>
    internal async Task RecordAsync(string user, SignInRecord record, string? replaced)
    {
        var count = await records.AddAsync(user, record, CancellationToken.None);
        if (replaced is not null)
        {
            await ForgetAsync(user, replaced);
        }

        if (count > options.Value.SessionsPerUser)
        {
            var living = await ListAsync(user, CancellationToken.None);
            var oldest = living.Select(session => session.SignIn).OrderByDescending(signIn => signIn.Since).Skip(options.Value.SessionsPerUser);
            await EndAsync(user, [.. oldest.Select(signIn => signIn.Session)], by: null, CancellationToken.None);
        }
    }

    internal Task ForgetAsync(string user, string session) => records.RemoveAsync(user, [session], CancellationToken.None);

    /// <summary>First the sessions, then their records: what fails half-way can be asked for again.</summary>
    private async Task<int> EndAsync(string user, string[] sessions, string? by, CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var session in sessions)
        {
            if (await storage.EndAsync(session, cancellationToken) is not null)
            {
                ended++;
                events.SessionRevoked(user, session, by);
            }
        }

        await records.RemoveAsync(user, sessions, cancellationToken);
        return ended;
    }
}
