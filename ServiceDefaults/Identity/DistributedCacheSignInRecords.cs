using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Options;
using ServiceDefaults.Foundation;
using ServiceDefaults.Sessions;

namespace ServiceDefaults.Identity;

/// <summary>The sign-ins of each user in any <see cref="IDistributedCache"/>, as the sessions are.</summary>
/// <remarks>
/// Such a cache reads and writes whole entries only. This process changes one entry after another; of two replicas that record
/// sign-ins of one user at the same moment, one can be lost from the list, which Redis excludes.
/// </remarks>
internal sealed class DistributedCacheSignInRecords(IDistributedCache cache, ApplicationIdentity identity, IOptions<SessionStoreOptions> store)
    : ISignInRecords, IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    public async Task<int> AddAsync(string user, SignInRecord record, CancellationToken cancellationToken)
    {
        var count = 0;
        await ChangeAsync(user, records =>
        {
            records[record.Session] = record;
            count = records.Count;
        }, cancellationToken);
        return count;
    }

    public async Task<IReadOnlyList<SignInRecord>> ListAsync(string user, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(KeyOf(user), cancellationToken)).Values];

    public Task RemoveAsync(string user, IReadOnlyCollection<string> sessions, CancellationToken cancellationToken) => sessions.Count == 0
        ? Task.CompletedTask
        : ChangeAsync(user, records =>
        {
            foreach (var session in sessions)
            {
                records.Remove(session);
            }
        }, cancellationToken);

    public void Dispose() => turn.Dispose();

    private string KeyOf(string user) => $"{identity.Slug}:sign-ins:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user)))}";

    private async Task<Dictionary<string, SignInRecord>> ReadAsync(string key, CancellationToken cancellationToken) =>
        await cache.GetAsync(key, cancellationToken) is { } bytes ? JsonSerializer.Deserialize(bytes, SignInJson.Default.DictionaryStringSignInRecord)! : [];

    private async Task ChangeAsync(string user, Action<Dictionary<string, SignInRecord>> change, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var records = await ReadAsync(KeyOf(user), cancellationToken);
            change(records);
            await cache.SetAsync(
                KeyOf(user),
                JsonSerializer.SerializeToUtf8Bytes(records, SignInJson.Default.DictionaryStringSignInRecord),
                new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = store.Value.AbsoluteTimeout },
                cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }
}
