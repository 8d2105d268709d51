namespace ServiceDefaults.Sessions;

/// <summary>What Redis does with a session, each in one step and on one key, so that a cluster can run it too.</summary>
/// <remarks>
/// A session is a hash: <c>@created</c> and <c>@seen</c> in Unix milliseconds, and the application's values with a colon
/// before their key. Every script begins with the same arguments: now, idle limit, absolute limit, all in milliseconds.
/// </remarks>
internal static class RedisSessionScripts
{
    /// <summary>
    /// Leaves when the session has ended, and sets <c>left</c>. The limits are compared here as well as given to
    /// PEXPIRE, because settings may have become stricter since the expiry was set.
    /// </summary>
    private const string Living = """
        local now, idle, absolute = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local times = redis.call('HMGET', KEYS[1], '@created', '@seen')
        if not times[1] then return false end
        local left = math.min(idle, tonumber(times[1]) + absolute - now)
        local unseen = now - tonumber(times[2])
        if left <= 0 or unseen >= idle then
            redis.pcall('UNLINK', KEYS[1])
            return false
        end

        """;

    /// <summary>
    /// Starts the idle time again, at most once a second (or a sixtieth of a shorter idle limit): most requests of a busy
    /// session then write nothing, neither here nor to replicas and the append-only file.
    /// pcall: a replica that refuses writes, and a Redis out of memory, can still be read.
    /// </summary>
    private const string Seen = """
        if unseen >= math.min(1000, idle / 60) then
            redis.pcall('HSET', KEYS[1], '@seen', ARGV[1])
            redis.pcall('PEXPIRE', KEYS[1], left)
        end

        """;

    public const string Load = Living + Seen + """
        return redis.call('HGETALL', KEYS[1])
        """;

    /// <summary>As text: Lua's numbers lose digits on the way out.</summary>
    public const string LastSeen = Living + "return times[2]";

    /// <summary>ARGV[4…]: key and value, in turn. Lua's stack holds some 8,000 arguments of one call.</summary>
    public const string Create = """
        redis.call('HSET', KEYS[1], '@created', ARGV[1], '@seen', ARGV[1])
        for i = 4, #ARGV, 2000 do redis.call('HSET', KEYS[1], unpack(ARGV, i, math.min(i + 1999, #ARGV))) end
        redis.call('PEXPIRE', KEYS[1], math.min(tonumber(ARGV[2]), tonumber(ARGV[3])))
        return 1
        """;

    /// <summary>ARGV[4]: how many entries of what follows are keys and values to write; the rest are keys to remove.</summary>
    public const string Save = Living + Seen + """
        local written = 4 + tonumber(ARGV[4])
        for i = 5, written, 2000 do redis.call('HSET', KEYS[1], unpack(ARGV, i, math.min(i + 1999, written))) end
        for i = written + 1, #ARGV, 2000 do redis.call('HDEL', KEYS[1], unpack(ARGV, i, math.min(i + 1999, #ARGV))) end
        return 1
        """;

    /// <summary>ARGV[4]: the key, ARGV[5]: how much. The value is a big-endian 32-bit integer, as SetInt32 writes it.</summary>
    public const string Increment = Living + Seen + """
        local old = redis.call('HGET', KEYS[1], ARGV[4])
        local value = (old and #old == 4 and struct.unpack('>i4', old) or 0) + tonumber(ARGV[5])
        if value > 2147483647 or value < -2147483648 then return redis.error_reply('OVERFLOW') end
        redis.call('HSET', KEYS[1], ARGV[4], struct.pack('>i4', value))
        return value
        """;

    public const string End = Living + """
        local fields = redis.call('HGETALL', KEYS[1])
        redis.call('UNLINK', KEYS[1])
        return fields
        """;
}
