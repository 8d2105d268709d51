using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using ServiceDefaults.Sessions;

namespace ServiceDefaults.Identity;

/// <summary>The sign-ins of each user in this process, as the sessions are.</summary>
internal sealed class MemorySignInRecords(TimeProvider clock, IOptions<SessionStoreOptions> store) : ISignInRecords
{
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, SignInRecord>> users = new(StringComparer.Ordinal);

    public Task<int> AddAsync(string user, SignInRecord record, CancellationToken cancellationToken)
    {
        ForgetTheExpired();
        var records = users.AddOrUpdate(
            user,
            _ => ImmutableDictionary<string, SignInRecord>.Empty.Add(record.Session, record),
            (_, old) => old.SetItem(record.Session, record));
        return Task.FromResult(records.Count);
    }

    public Task<IReadOnlyList<SignInRecord>> ListAsync(string user, CancellationToken cancellationToken)
    {
        ForgetTheExpired();
        return Task.FromResult<IReadOnlyList<SignInRecord>>(users.TryGetValue(user, out var records) ? [.. records.Values] : []);
    }

    public Task RemoveAsync(string user, IReadOnlyCollection<string> sessions, CancellationToken cancellationToken)
    {
        while (users.TryGetValue(user, out var old) && !users.TryUpdate(user, old.RemoveRange(sessions), old))
        {
            // Somebody else was faster; again, on what they left.
        }

        return Task.CompletedTask;
    }

    private void ForgetTheExpired()
    {
        var oldest = clock.GetUtcNow() - store.Value.AbsoluteTimeout;
        foreach (var user in users)
        {
            if (user.Value.Values.All(record => record.Since <= oldest))
            {
                users.TryRemove(user); // only if nobody has changed it meanwhile
            }
        }
    }
}
