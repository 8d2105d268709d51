using ServiceDefaults.Redis;
using StackExchange.Redis;

namespace ServiceDefaults.Identity;

/// <summary>Counts in Redis, for all replicas together: a list of the latest attempts' times, the newest first.</summary>
internal sealed class RedisSignInAttempts(RedisScripts redis, TimeProvider clock) : ISignInAttempts
{
    /// <summary>ARGV: now, window, both in milliseconds, limit. The oldest of <c>limit</c> attempts decides whether there is room for one more.</summary>
    private const string Count = """
        local now, window, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        while true do
            local oldest = redis.call('LINDEX', KEYS[1], -1)
            if not oldest or tonumber(oldest) + window > now then break end
            redis.call('RPOP', KEYS[1])
        end
        local decisive = redis.call('LINDEX', KEYS[1], limit - 1)
        if decisive then return {redis.call('LLEN', KEYS[1]), tonumber(decisive) + window - now} end
        redis.call('LPUSH', KEYS[1], ARGV[1])
        redis.call('PEXPIRE', KEYS[1], window)
        return {redis.call('LLEN', KEYS[1]), 0}
        """;

    private const string TakeBack = "return redis.call('LPOP', KEYS[1])";

    private const string Forget = "return redis.call('UNLINK', KEYS[1])";

    public async Task<AttemptCount> CountAsync(string counter, int limit, TimeSpan window, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [clock.GetUtcNow().ToUnixTimeMilliseconds(), (long)window.TotalMilliseconds, limit];
        var answer = (RedisValue[])(await redis.RunAsync(Count, KeyOf(counter), arguments, cancellationToken))!;
        return new AttemptCount((int)answer[0], TimeSpan.FromMilliseconds((long)answer[1]));
    }

    public Task TakeBackAsync(string counter, CancellationToken cancellationToken) => redis.RunAsync(TakeBack, KeyOf(counter), [], cancellationToken);

    public Task ForgetAsync(string counter, CancellationToken cancellationToken) => redis.RunAsync(Forget, KeyOf(counter), [], cancellationToken);

    private static string KeyOf(string counter) => "sign-in-attempts:" + counter;
}
