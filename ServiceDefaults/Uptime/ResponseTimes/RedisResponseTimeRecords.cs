using System.Buffers.Binary;
using System.Globalization;
using ServiceDefaults.Redis;
using StackExchange.Redis;

namespace ServiceDefaults.Uptime.ResponseTimes;

/// <summary>The response times of all replicas together, in Redis: one string for each day in UTC, kept for two days.</summary>
/// <remarks>It has 96 slots of 80 counters of 32 bits, which stop at their highest value: 30,720 bytes, for which Redis reserves up to 57 kB.</remarks>
internal sealed class RedisResponseTimeRecords(RedisScripts redis) : IResponseTimeRecords
{
    private const int SlotBytes = ResponseTimeScale.Classes * sizeof(uint);

    /// <summary>ARGV: the expiry in seconds; then counter and number, in turn.</summary>
    private const string Add = """
        for i = 2, #ARGV, 2 do
            redis.call('BITFIELD', KEYS[1], 'OVERFLOW', 'SAT', 'INCRBY', 'u32', '#' .. ARGV[i], ARGV[i + 1])
        end
        return redis.call('EXPIRE', KEYS[1], ARGV[1])
        """;

    private const string Read = "return redis.call('GET', KEYS[1])";

    public Task AddAsync(DateTimeOffset time, IReadOnlyList<long> counts, CancellationToken cancellationToken)
    {
        var first = SlotOfDay(time) * ResponseTimeScale.Classes;
        RedisValue[] arguments =
        [
            (long)TimeSpan.FromDays(2).TotalSeconds,
            .. counts.Index().Where(count => count.Item > 0).SelectMany(count => new RedisValue[] { first + count.Index, count.Item }),
        ];
        return arguments.Length == 1 ? Task.CompletedTask : redis.RunAsync(Add, KeyOf(time), arguments, cancellationToken);
    }

    public async Task<IReadOnlyList<ResponseTimeSlot>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var yesterday = (byte[]?)await redis.RunAsync(Read, KeyOf(now.AddDays(-1)), [], cancellationToken) ?? [];
        var today = (byte[]?)await redis.RunAsync(Read, KeyOf(now), [], cancellationToken) ?? [];
        return
        [
            .. ResponseTimeSlot.LastDay(now).Select(begin =>
                new ResponseTimeSlot(begin, CountsOf(begin.UtcDateTime.Date == now.UtcDateTime.Date ? today : yesterday, SlotOfDay(begin)))),
        ];
    }

    /// <summary>The string ends with the last counter that is not zero.</summary>
    private static long[] CountsOf(byte[] day, int slot) =>
    [
        .. day.Skip(slot * SlotBytes).Take(SlotBytes).Chunk(sizeof(uint)).Select(counter => (long)BinaryPrimitives.ReadUInt32BigEndian(counter)),
    ];

    private static int SlotOfDay(DateTimeOffset time) => (int)(time.UtcDateTime.TimeOfDay / ResponseTimeSlot.Length);

    private static string KeyOf(DateTimeOffset time) => "response-times:" + time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
