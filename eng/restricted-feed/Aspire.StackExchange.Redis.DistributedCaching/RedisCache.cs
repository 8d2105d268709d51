using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>A distributed cache: one hash an entry, with its value and its sliding window.</summary>
internal sealed class RedisCache(IConnectionMultiplexer connection) : IDistributedCache
{
    private const string ReadScript = """
        local entry = redis.call('HMGET', KEYS[1], 'value', 'sliding', 'absolute')
        if not entry[1] then return false end
        local sliding = tonumber(entry[2])
        if sliding > 0 then
            local window = sliding
            local absolute = tonumber(entry[3])
            if absolute > 0 then window = math.min(sliding, absolute - tonumber(ARGV[1])) end
            redis.call('PEXPIRE', KEYS[1], window)
        end
        return entry[1]
        """;

    private const string WriteScript = """
        redis.call('HSET', KEYS[1], 'value', ARGV[1], 'sliding', ARGV[2], 'absolute', ARGV[3])
        if tonumber(ARGV[4]) > 0 then redis.call('PEXPIRE', KEYS[1], ARGV[4]) else redis.call('PERSIST', KEYS[1]) end
        return 1
        """;

    private IDatabase Database => connection.GetDatabase();

    public byte[]? Get(string key) =>
        (byte[]?)Database.ScriptEvaluate(ReadScript, [key], [Now()]);

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        (byte[]?)await Database.ScriptEvaluateAsync(ReadScript, [key], [Now()]).WaitAsync(token);

    public void Refresh(string key) => Get(key);

    public Task RefreshAsync(string key, CancellationToken token = default) => GetAsync(key, token);

    public void Remove(string key) => Database.KeyDelete(key);

    public Task RemoveAsync(string key, CancellationToken token = default) =>
        Database.KeyDeleteAsync(key).WaitAsync(token);

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) =>
        Database.ScriptEvaluate(WriteScript, [key], Entry(value, options));

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        Database.ScriptEvaluateAsync(WriteScript, [key], Entry(value, options)).WaitAsync(token);

    private static RedisValue[] Entry(byte[] value, DistributedCacheEntryOptions options)
    {
        var now = Now();
        var absolute = options.AbsoluteExpirationRelativeToNow is { } relative
            ? now + (long)relative.TotalMilliseconds
            : options.AbsoluteExpiration?.ToUnixTimeMilliseconds() ?? 0;
        var sliding = (long)(options.SlidingExpiration?.TotalMilliseconds ?? 0);
        var left = absolute == 0 ? sliding : sliding == 0 ? absolute - now : Math.Min(sliding, absolute - now);
        return [value, sliding, absolute, left];
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
