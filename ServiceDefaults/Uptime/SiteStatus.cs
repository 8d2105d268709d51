using ServiceDefaults.Foundation;
using ServiceDefaults.Uptime.ResponseTimes;

namespace ServiceDefaults.Uptime;

/// <summary>What a page about the state of this site shows. However often it is asked, the records are read every few seconds at most.</summary>
public sealed class SiteStatus
{
    private readonly UptimeReport uptime;
    private readonly Kept<IReadOnlyList<ResponseTimeSlot>> responseTimes;
    private IReadOnlyList<ResponseTimeSlot> known = [];

    internal SiteStatus(UptimeReport uptime, IResponseTimeRecords records, TimeProvider clock)
    {
        this.uptime = uptime;
        responseTimes = new Kept<IReadOnlyList<ResponseTimeSlot>>(() => ReadAsync(records), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), clock);
    }

    /// <summary>When this site was ready, and when not.</summary>
    /// <returns>At most 5 s old.</returns>
    public Task<UptimeHistory> UptimeAsync() => uptime.HistoryAsync();

    /// <summary>The response times of the last 24 hours.</summary>
    /// <returns>96 slots of a quarter of an hour, at most 20 s old, or as they were when the store was last seen.</returns>
    public Task<IReadOnlyList<ResponseTimeSlot>> ResponseTimesAsync() => responseTimes.GetAsync();

    private async Task<IReadOnlyList<ResponseTimeSlot>> ReadAsync(IResponseTimeRecords records)
    {
        try
        {
            var now = (await uptime.HistoryAsync()).Now;
            return known = await records.ReadAsync(now, CancellationToken.None);
        }
        catch (Exception) // whatever a store throws: the page tells of the outage
        {
            return known;
        }
    }
}
