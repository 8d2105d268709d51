using System.Diagnostics;
using System.Globalization;
using ServiceDefaults.Checks;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Uptime;

/// <summary>What the checklist asks about the uptime records.</summary>
internal static class UptimeItems
{
    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "uptime.records",
            Title = "Uptime is on record where it survives a restart, and every replica sees it",
            Severity = Severity.Warning,
            Needs = "sessions.redis",
            Fix = "Leave IUptimeRecords to AddUptime, or register one of your own that replicas share.",
            Check = async inspection =>
            {
                var records = inspection.Service<IUptimeRecords>();
                var began = Stopwatch.GetTimestamp();
                var history = await records.ReadAsync(inspection.CancellationToken); // read only: a beat would end an outage
                return new Finding(
                    records is not MemoryUptimeRecords || !inspection.Service<ISharedState>().IsShared, // else sessions.shared says it
                    string.Create(CultureInfo.InvariantCulture, $"{records.GetType().Name} answered in {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F1} ms: {(history.Since is { } since ? $"since {since:yyyy-MM-dd}" : "no beat yet")}, {history.Replicas.Count} replicas, {history.Past.Count} outages."));
            },
        },
    ];
}
