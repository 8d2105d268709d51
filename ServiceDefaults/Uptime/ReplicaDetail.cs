using ServiceDefaults.Health;

namespace ServiceDefaults.Uptime;

/// <summary>Shows operators the replicas that are ready.</summary>
internal sealed class ReplicaDetail(UptimeReport uptime) : IHealthDetail
{
    public string Name => "replicas";

    public async Task<object> ReadAsync() => (await uptime.HistoryAsync()).Replicas;
}
