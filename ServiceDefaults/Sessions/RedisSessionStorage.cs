using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ServiceDefaults.Sessions;

/// <summary>Sessions in Redis, one hash each; every operation is one round trip.</summary>
internal sealed class RedisSessionStorage(
    RedisScripts redis, TimeProvider clock, IOptions<SessionOptions> session, IOptions<SessionStoreOptions> store) : ISessionStorage
{
    public string Name => "Redis";

    public bool IsShared => true;

    public async Task<IReadOnlyDictionary<string, byte[]>?> LoadAsync(string key, CancellationToken cancellationToken) =>
        Values(await RunAsync("load", RedisSessionScripts.Load, key, [], cancellationToken));

    public async Task<DateTimeOffset?> LastSeenAsync(string key, CancellationToken cancellationToken) =>
        (long?)await RunAsync("load", RedisSessionScripts.LastSeen, key, [], cancellationToken) is { } seen ? DateTimeOffset.FromUnixTimeMilliseconds(seen) : null;

    public Task CreateAsync(string key, IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken) =>
        RunAsync("save", RedisSessionScripts.Create, key, [.. values.SelectMany(value => Pair(value.Key, value.Value))], cancellationToken);

    public async Task<bool> SaveAsync(string key, IReadOnlyDictionary<string, byte[]?> changes, CancellationToken cancellationToken)
    {
        RedisValue[] written = [.. changes.Where(change => change.Value is not null).SelectMany(change => Pair(change.Key, change.Value!))];
        var removed = changes.Where(change => change.Value is null).Select(change => Field(change.Key));
        var result = await RunAsync("save", RedisSessionScripts.Save, key, [written.Length, .. written, .. removed], cancellationToken);
        return !result.IsNull;
    }

    public async Task<int?> IncrementAsync(string key, string name, int by, CancellationToken cancellationToken) =>
        (int?)await RunAsync("save", RedisSessionScripts.Increment, key, [Field(name), by], cancellationToken);

    public async Task<IReadOnlyDictionary<string, byte[]>?> EndAsync(string key, CancellationToken cancellationToken) =>
        Values(await RunAsync("end", RedisSessionScripts.End, key, [], cancellationToken));

    private static RedisValue[] Pair(string key, byte[] value) => [Field(key), value];

    private static RedisValue Field(string key) => ":" + key;

    private static Dictionary<string, byte[]>? Values(RedisResult result)
    {
        if (result.IsNull)
        {
            return null;
        }

        var fields = (RedisValue[])result!;
        var values = new Dictionary<string, byte[]>(fields.Length / 2, StringComparer.Ordinal);
        for (var i = 0; i < fields.Length; i += 2)
        {
            string name = fields[i]!;
            if (name[0] == ':')
            {
                values.Add(name[1..], (byte[])fields[i + 1]!);
            }
        }

        return values;
    }

    private async Task<RedisResult> RunAsync(string operation, string script, string key, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        RedisValue[] all =
        [
            clock.GetUtcNow().ToUnixTimeMilliseconds(),
            (long)session.Value.IdleTimeout.TotalMilliseconds,
            (long)store.Value.AbsoluteTimeout.TotalMilliseconds,
            .. arguments,
        ];
        try
        {
            return await redis.RunAsync(script, "session:" + key, all, cancellationToken);
        }
        catch (RedisUnavailableException exception) when (exception.InnerException!.Message.Contains("OVERFLOW", StringComparison.Ordinal))
        {
            throw new OverflowException("The counter in the session would leave the range of a 32-bit integer.", exception);
        }
        catch (RedisUnavailableException exception)
        {
            throw new SessionStoreUnavailableException(operation, exception.InnerException!);
        }
    }
}
