using Microsoft.AspNetCore.Identity;
using ServiceDefaults.Redis;
using StackExchange.Redis;

namespace WebApp.Account.Users;

/// <summary>Users in Redis: a hash for each, and for each name the id of its user.</summary>
/// <remarks>
/// Enough to begin with. A Redis that holds accounts must persist them (append-only file) and never evict them
/// (<c>maxmemory-policy noeviction</c>, or one of the <c>volatile-</c> ones). Names are not changed.
/// </remarks>
/// <param name="redis">Runs the scripts.</param>
public sealed class RedisUsers(RedisScripts redis) : UserStore
{
    private const string Read = "return redis.call('HGETALL', KEYS[1])";

    private const string Write = """
        if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], unpack(ARGV, 2))
        return 1
        """;

    private const string Add = "redis.call('HSET', KEYS[1], unpack(ARGV)) return 1";

    private const string Remove = "return redis.call('UNLINK', KEYS[1])";

    private const string ClaimName = "return redis.call('SETNX', KEYS[1], ARGV[1])";

    private const string ReadName = "return redis.call('GET', KEYS[1])";

    private const string ReleaseName = """
        if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('UNLINK', KEYS[1]) end
        return 1
        """;

    public override async Task<User?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        var fields = (RedisValue[])(await redis.RunAsync(Read, KeyOf(userId), [], cancellationToken))!;
        return fields.Length == 0 ? null : ToUser(userId, fields);
    }

    /// <summary>Asks twice for a name that does not exist as well: so that time tells nothing.</summary>
    public override async Task<User?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        var id = (string?)await redis.RunAsync(ReadName, KeyOfName(normalizedUserName), [], cancellationToken);
        return await FindByIdAsync(id ?? "nobody", cancellationToken);
    }

    public override async Task<IdentityResult> DeleteAsync(User user, CancellationToken cancellationToken)
    {
        await redis.RunAsync(Remove, KeyOf(user.Id), [], cancellationToken);
        await redis.RunAsync(ReleaseName, KeyOfName(user.NormalizedName), [user.Id], cancellationToken);
        return IdentityResult.Success;
    }

    /// <summary>First the user, then the name: what fails half-way leaves no name without a user.</summary>
    protected override async Task<bool> TryAddAsync(User user, CancellationToken cancellationToken)
    {
        await redis.RunAsync(Add, KeyOf(user.Id), Fields(user), cancellationToken);
        if ((int)await redis.RunAsync(ClaimName, KeyOfName(user.NormalizedName), [user.Id], cancellationToken) == 1)
        {
            return true;
        }

        await redis.RunAsync(Remove, KeyOf(user.Id), [], cancellationToken);
        return false;
    }

    protected override async Task<bool> TryWriteAsync(User user, string version, CancellationToken cancellationToken) =>
        (int)await redis.RunAsync(Write, KeyOf(user.Id), [version, .. Fields(user)], cancellationToken) == 1;

    private static string KeyOf(string id) => "user:" + id;

    private static string KeyOfName(string normalizedName) => "user-name:" + normalizedName;

    private static RedisValue[] Fields(User user) =>
    [
        "name", user.Name,
        "normalized-name", user.NormalizedName,
        "password", user.PasswordHash ?? "",
        "stamp", user.SecurityStamp,
        "version", user.Version,
    ];

    private static User ToUser(string id, RedisValue[] fields)
    {
        var values = fields.Chunk(2).ToDictionary(pair => (string)pair[0]!, pair => (string)pair[1]!, StringComparer.Ordinal);
        return new User
        {
            Id = id,
            Name = values["name"],
            NormalizedName = values["normalized-name"],
            PasswordHash = values["password"] is { Length: > 0 } hash ? hash : null,
            SecurityStamp = values["stamp"],
            Version = values["version"],
        };
    }
}
