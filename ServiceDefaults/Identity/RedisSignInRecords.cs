using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ServiceDefaults.Redis;
using ServiceDefaults.Sessions;
using StackExchange.Redis;

namespace ServiceDefaults.Identity;

/// <summary>The sign-ins of a user as one hash in Redis, a field for each session. The key holds a hash of the user's id.</summary>
internal sealed class RedisSignInRecords(RedisScripts redis, IOptions<SessionStoreOptions> store) : ISignInRecords
{
    private const string Add = """
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        return redis.call('HLEN', KEYS[1])
        """;

    private const string List = "return redis.call('HVALS', KEYS[1])";

    private const string Remove = "return redis.call('HDEL', KEYS[1], unpack(ARGV))";

    public async Task<int> AddAsync(string user, SignInRecord record, CancellationToken cancellationToken) => (int)await redis.RunAsync(
        Add,
        KeyOf(user),
        [record.Session, JsonSerializer.Serialize(record, SignInJson.Default.SignInRecord), (long)store.Value.AbsoluteTimeout.TotalMilliseconds],
        cancellationToken);

    public async Task<IReadOnlyList<SignInRecord>> ListAsync(string user, CancellationToken cancellationToken)
    {
        var values = (RedisValue[])(await redis.RunAsync(List, KeyOf(user), [], cancellationToken))!;
        return [.. values.Select(value => JsonSerializer.Deserialize((string)value!, SignInJson.Default.SignInRecord)!)];
    }

    public Task RemoveAsync(string user, IReadOnlyCollection<string> sessions, CancellationToken cancellationToken) => sessions.Count == 0
        ? Task.CompletedTask
        : redis.RunAsync(Remove, KeyOf(user), [.. sessions.Select(session => (RedisValue)session)], cancellationToken);

    private static string KeyOf(string user) => "sign-ins:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user)));
}
