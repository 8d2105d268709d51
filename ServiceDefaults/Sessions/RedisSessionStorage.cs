using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using ServiceDefaults.Redis;
using StackExchange.Redis;

namespace ServiceDefaults.Sessions;

/// <summary>Sessions in Redis, one hash each; every operation is one round trip.</summary>
internal sealed class RedisSessionStorage(
    RedisScripts redis, TimeProvider clock, IOptions<SessionOptions> session, IOptions<SessionStoreOptions> store) : ISessionStorage
{
    public string Name => redis.Product;

    public bool IsShared => true;

    public async Task<IReadOnlyDictionary<string, byte[]>?> LoadAsync(string key, CancellationToken cancellationToken) =>
        Values(await RunAsync("load", RedisSessionScripts.Load, key, [], cancellationToken));

    public async Task<DateTimeOffset?> LastSeenAsync(string key, CancellationToken cancellationToken) =>
        (long?)await RunAsync("load", RedisSessionScripts.LastSeen, key, [], cancellationToken) is { } seen ? DateTimeOffset.FromUnixTimeMilliseconds(seen) : null;

    public Task CreateAsync(string key, IReadOnlyDictionary<string, byte[]> values, CancellationToken cancellationToken)
    {
        var pairs = new RedisValue[2 * values.Count];
        var next = 0;
        foreach (var (name, value) in values)
        {
            (pairs[next++], pairs[next++]) = (Field(name), value);
        }

        return RunAsync("save", RedisSessionScripts.Create, key, pairs, cancellationToken);
    }

    public async Task<bool> SaveAsync(string key, IReadOnlyDictionary<string, byte[]?> changes, CancellationToken cancellationToken)
    {
        var written = changes.Values.Count(value => value is not null);
        var arguments = new RedisValue[1 + written + changes.Count];
        arguments[0] = 2 * written;
        var (nextWritten, nextRemoved) = (1, 1 + (2 * written));
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                arguments[nextRemoved++] = Field(name);
            }
            else
            {
                (arguments[nextWritten++], arguments[nextWritten++]) = (Field(name), value);
            }
        }

        var result = await RunAsync("save", RedisSessionScripts.Save, key, arguments, cancellationToken);
        return !result.IsNull;
    }

    public async Task<int?> IncrementAsync(string key, string name, int by, CancellationToken cancellationToken) =>
        (int?)await RunAsync("save", RedisSessionScripts.Increment, key, [Field(name), by], cancellationToken);

    public async Task<IReadOnlyDictionary<string, byte[]>?> EndAsync(string key, CancellationToken cancellationToken) =>
        Values(await RunAsync("end", RedisSessionScripts.End, key, [], cancellationToken));

    private static RedisValue Field(string key) => ":" + key;

    private static Dictionary<string, byte[]>? Values(RedisResult result)
    {
        if (result.IsNull)
        {
            return null;
        }

        var fields = (RedisResult[])result!;
        var values = new Dictionary<string, byte[]>(fields.Length / 2, StringComparer.Ordinal);
        for (var i = 0; i < fields.Length; i += 2)
        {
            var name = (byte[])fields[i]!;
            if (name[0] == (byte)':')
            {
                values.Add(Encoding.UTF8.GetString(name, 1, name.Length - 1), (byte[])fields[i + 1]!);
            }
        }

        return values;
    }

    private async Task<RedisResult> RunAsync(string operation, string script, string key, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        var all = new RedisValue[3 + arguments.Length];
        all[0] = clock.GetUtcNow().ToUnixTimeMilliseconds();
        all[1] = (long)session.Value.IdleTimeout.TotalMilliseconds;
        all[2] = (long)store.Value.AbsoluteTimeout.TotalMilliseconds;
        arguments.CopyTo(all, 3);
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
