using System.Buffers.Binary;
using System.Globalization;
using ServiceDefaults.Redis;
using StackExchange.Redis;

namespace ServiceDefaults.Uptime;

/// <summary>The uptime of all replicas together, in Redis.</summary>
/// <remarks>Its time is Redis' own, unless the application has a clock of its own, as a test has.</remarks>
internal sealed class RedisUptimeRecords(RedisScripts redis, TimeProvider clock) : IUptimeRecords
{
    public const string Key = "uptime";

    private const string ReplicaPrefix = "replica:";
    private const int OutageBytes = 2 * sizeof(double);

    private RedisValue Now => clock == TimeProvider.System ? RedisValue.EmptyString : clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<DateTimeOffset> BeatAsync(Beat beat, CancellationToken cancellationToken)
    {
        RedisValue[] arguments =
        [
            Now,
            beat.VouchedFrom is { } vouched ? vouched.ToUnixTimeMilliseconds() : RedisValue.EmptyString,
            (long)UptimeRules.Grace.TotalMilliseconds,
            (long)UptimeRules.KeptFor.TotalMilliseconds,
            UptimeRules.MaxOutages * OutageBytes,
            beat.Instance,
            $"{beat.Started.ToUnixTimeMilliseconds()} {beat.Version}",
        ];
        return Time((long)await redis.RunAsync(RedisUptimeScripts.Beat, Key, arguments, cancellationToken));
    }

    public Task LeaveAsync(string instance, CancellationToken cancellationToken) =>
        redis.RunAsync(RedisUptimeScripts.Leave, Key, [instance], cancellationToken);

    public async Task<UptimeHistory> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = (RedisResult[])(await redis.RunAsync(RedisUptimeScripts.Read, Key, [Now], cancellationToken))!;
        var now = Time((long)answer[0]);
        var fields = ((RedisValue[])answer[1]!).Chunk(2).ToDictionary(pair => (string)pair[0]!, pair => pair[1], StringComparer.Ordinal);
        return new UptimeHistory(now, TimeOf("since"), TimeOf("last"), Outages(fields.GetValueOrDefault("outages")), Replicas(fields, now));

        DateTimeOffset? TimeOf(string field) => fields.TryGetValue(field, out var value) ? Time((long)value) : null;
    }

    private static Outage[] Outages(byte[]? packed) =>
    [
        .. (packed ?? []).Chunk(OutageBytes).Select(outage => new Outage(
            Time((long)BinaryPrimitives.ReadDoubleBigEndian(outage)),
            Time((long)BinaryPrimitives.ReadDoubleBigEndian(outage.AsSpan(sizeof(double)))))),
    ];

    private static Replica[] Replicas(Dictionary<string, RedisValue> fields, DateTimeOffset now) =>
    [
        .. fields.Where(field => field.Key.StartsWith(ReplicaPrefix, StringComparison.Ordinal))
            .Select(field => (Name: field.Key[ReplicaPrefix.Length..], Parts: ((string)field.Value!).Split(' ', 3)))
            .Select(replica => new Replica(replica.Name, replica.Parts[2], Time(Number(replica.Parts[1])), Time(Number(replica.Parts[0]))))
            .Where(replica => (now - replica.Seen).Duration() <= UptimeRules.Grace)
            .OrderBy(replica => replica.Instance, StringComparer.Ordinal),
    ];

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
