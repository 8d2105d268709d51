namespace ServiceDefaults.Caching;

/// <summary>What Redis does with stored answers, each in one step. All keys are in one slot of a cluster.</summary>
/// <remarks>
/// An answer is a hash: since when its data may be (Redis' own clock, in microseconds), its tags, its bytes. A tag that is
/// evicted is noted with the time, and an answer whose data is older than that is gone: nothing has to be searched for,
/// and an answer that was being made meanwhile is gone before it is stored.
/// </remarks>
internal static class RedisCacheScripts
{
    private const string Clock = """
        local clock = redis.call('TIME')
        local now = clock[1] * 1000000 + clock[2]

        """;

    public const string Now = Clock + "return string.format('%.0f', now)";

    /// <summary>KEYS: the answer, the evictions. pcall: a replica that refuses writes can still be read.</summary>
    public const string Get = """
        local answer = redis.call('HMGET', KEYS[1], 'since', 'tags', 'bytes')
        if not answer[1] then return false end
        for tag in string.gmatch(answer[2] .. '\n*', '[^\n]+') do
            local evicted = redis.call('ZSCORE', KEYS[2], tag)
            if evicted and tonumber(evicted) >= tonumber(answer[1]) then
                redis.pcall('UNLINK', KEYS[1])
                return false
            end
        end
        return answer[3]
        """;

    /// <summary>
    /// KEYS: the answer, when each expires, the size of each and of all. ARGV: since, tags, bytes, how long in
    /// milliseconds, the most bytes of all. What expires soonest makes room.
    /// </summary>
    public const string Set = Clock + """
        local function forget(key)
            redis.call('HINCRBY', KEYS[3], '*', 0 - (redis.call('HGET', KEYS[3], key) or 0)) -- not -0
            redis.call('HDEL', KEYS[3], key)
            redis.call('ZREM', KEYS[2], key)
        end

        local size = #KEYS[1] + #ARGV[2] + #ARGV[3] + 256 -- what Redis itself needs for a key, about
        local room = tonumber(ARGV[5]) - size
        if room < 0 then return 0 end
        forget(KEYS[1])
        for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 100)) do forget(key) end
        while tonumber(redis.call('HGET', KEYS[3], '*') or 0) > room do
            local first = redis.call('ZRANGE', KEYS[2], 0, 0)[1]
            if not first then
                redis.call('DEL', KEYS[3])
                break
            end
            redis.call('UNLINK', first)
            forget(first)
        end

        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], 'since', ARGV[1], 'tags', ARGV[2], 'bytes', ARGV[3])
        redis.call('PEXPIRE', KEYS[1], ARGV[4])
        redis.call('ZADD', KEYS[2], string.format('%.0f', now + ARGV[4] * 1000), KEYS[1])
        redis.call('HSET', KEYS[3], KEYS[1], size)
        redis.call('HINCRBY', KEYS[3], '*', size)
        redis.call('PEXPIRE', KEYS[2], ARGV[6])
        redis.call('PEXPIRE', KEYS[3], ARGV[6])
        return 1
        """;

    /// <summary>
    /// KEYS: the evictions. ARGV: the tag, how long it has to be remembered in milliseconds, how many at most. With more
    /// than that everything counts as evicted: the tag * is every answer's.
    /// </summary>
    public const string Evict = Clock + """
        local tag = ARGV[1]
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - ARGV[2] * 1000))
        if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then
            redis.call('DEL', KEYS[1])
            tag = '*'
        end
        redis.call('ZADD', KEYS[1], string.format('%.0f', now), tag)
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return 1
        """;
}
