namespace ServiceDefaults.Uptime;

/// <summary>What Redis does with the uptime, in one step each. One hash has all of it.</summary>
/// <remarks>
/// Fields: <c>since</c> and <c>last</c> in Unix milliseconds; <c>outages</c>, begin and end of each as two big-endian
/// doubles, the oldest first; and <c>replica:</c> with the name of each replica: when it beat last, when it started, its
/// version. Each script begins with the time in milliseconds; nothing there means Redis' own clock.
/// </remarks>
internal static class RedisUptimeScripts
{
    private const string Now = """
        local time = redis.call('TIME')
        local now = tonumber(ARGV[1]) or time[1] * 1000 + math.floor(time[2] / 1000)

        """;

    /// <summary>ARGV[2]: vouched from, or nothing; then grace, time to keep, both in milliseconds, room in bytes, the replica, and the rest of what is kept of it.</summary>
    public const string Beat = Now + """
        local vouched, grace, kept, room = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
        local known = redis.call('HMGET', KEYS[1], 'since', 'last', 'outages')
        local since, last, outages = tonumber(known[1]) or now, tonumber(known[2]) or now, known[3] or ''

        local function add(from, to) outages = outages .. struct.pack('>dd', from, to) end
        local function latest()
            if outages ~= '' then return struct.unpack('>dd', outages, #outages - 15) end
        end
        local function drop() outages = string.sub(outages, 1, -17) end

        local from, to = latest()
        if now < last then -- the clock was set back: what it told of the time to come is not so
            while from and to > now do
                drop()
                if from < now then add(from, now) break end
                from, to = latest()
            end
            since = math.min(since, now)
        elseif vouched then
            while from and from >= vouched do
                drop()
                from, to = latest()
            end
        elseif now - last > grace then
            add(last, now)
        end

        while outages ~= '' do -- the oldest, when it is too old or there is no room
            local _, over = struct.unpack('>dd', outages)
            if #outages <= room and over > now - kept then break end
            since = over
            outages = string.sub(outages, 17)
        end

        redis.call('HSET', KEYS[1], 'since', since, 'last', now, 'replica:' .. ARGV[6], string.format('%.0f ', now) .. ARGV[7])
        if outages ~= (known[3] or '') then redis.call('HSET', KEYS[1], 'outages', outages) end
        for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
            if string.sub(field, 1, 8) == 'replica:' then
                local seen = tonumber(string.match(redis.call('HGET', KEYS[1], field), '^%d+'))
                if math.abs(now - seen) > grace then redis.call('HDEL', KEYS[1], field) end
            end
        end
        redis.call('PEXPIRE', KEYS[1], kept)
        return now
        """;

    public const string Leave = "return redis.call('HDEL', KEYS[1], 'replica:' .. ARGV[1])";

    public const string Read = Now + "return {now, redis.call('HGETALL', KEYS[1])}";
}
