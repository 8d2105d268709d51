namespace ServiceDefaults.Uptime.ResponseTimes;

/// <summary>The response times of this process only.</summary>
internal sealed class MemoryResponseTimeRecords : IResponseTimeRecords
{
    private readonly Lock turn = new();
    private readonly Dictionary<DateTimeOffset, long[]> slots = [];

    public Task AddAsync(DateTimeOffset time, IReadOnlyList<long> counts, CancellationToken cancellationToken)
    {
        lock (turn)
        {
            var slot = ResponseTimeSlot.Of(time);
            var sum = slots.GetValueOrDefault(slot) ?? new long[ResponseTimeScale.Classes];
            slots[slot] = [.. sum.Zip(counts, (old, more) => old + more)];
            foreach (var old in slots.Keys.Where(key => (slot - key).Duration() > TimeSpan.FromDays(2)).ToArray())
            {
                slots.Remove(old);
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ResponseTimeSlot>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (turn)
        {
            return Task.FromResult<IReadOnlyList<ResponseTimeSlot>>(
                [.. ResponseTimeSlot.LastDay(now).Select(begin => new ResponseTimeSlot(begin, slots.GetValueOrDefault(begin) ?? []))]);
        }
    }
}
