using System.Diagnostics;
using System.Globalization;
using Tests.Parts;

namespace Tests.Scaling;

/// <summary>A Redis with a replica, and three Sentinels that make the replica the primary when that has gone.</summary>
internal sealed class RedisSentinels : IAsyncDisposable
{
    private const string Quoted = $"\"{RedisServer.Password}\"";

    private readonly string folder = Directory.CreateTempSubdirectory("sentinels-").FullName;
    private readonly int[] ports = [.. Enumerable.Range(0, 3).Select(_ => FreePort.Next())];
    private readonly List<Process> sentinels = [];

    public RedisServer Primary { get; } = new();

    public RedisServer Replica { get; } = new();

    /// <summary>As an application is told where they are.</summary>
    public string ConnectionString => string.Join(',', ports.Select(port => $"127.0.0.1:{port}").Append("serviceName=shop"));

    public static async Task<RedisSentinels> StartAsync()
    {
        var all = new RedisSentinels();
        try
        {
            await all.BeginAsync();
            return all;
        }
        catch
        {
            await all.DisposeAsync(); // nobody else can
            throw;
        }
    }

    public async Task<bool> IsPrimaryAsync(RedisServer server) =>
        (await AskSentinelAsync("GET-MASTER-ADDR-BY-NAME", "shop")).Contains(server.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>From now on nothing reaches the replica, as when the network between the two is slow or broken.</summary>
    public async Task CutOffReplicaAsync()
    {
        await AskAsync(Replica.Port, "CONFIG", "SET", "masterauth", "no longer");
        await AskAsync(Replica.Port, "CLIENT", "KILL", "TYPE", "master");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sentinel in sentinels)
        {
            sentinel.Kill();
            await sentinel.WaitForExitAsync();
            sentinel.Dispose();
        }

        await Replica.DisposeAsync();
        await Primary.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task BeginAsync()
    {
        string authority = $"masterauth {Quoted}";
        await Primary.StartAsync(authority);
        await Replica.StartAsync(authority, $"replicaof 127.0.0.1 {Primary.Port}");
        foreach (var port in ports)
        {
            var settings = Path.Combine(folder, $"{port}.conf");
            await File.WriteAllTextAsync(settings, $"""
                port {port}
                bind 127.0.0.1
                requirepass {Quoted}
                sentinel sentinel-pass {Quoted}
                sentinel monitor shop 127.0.0.1 {Primary.Port} 2
                sentinel auth-pass shop {Quoted}
                sentinel down-after-milliseconds shop 1000
                sentinel failover-timeout shop 5000

                """);
            var sentinel = Process.Start(new ProcessStartInfo("redis-server", [settings, "--sentinel"]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
            sentinel.BeginOutputReadLine();
            sentinels.Add(sentinel);
        }

        await Eventually.TrueAsync(async () => (await AskSentinelAsync("CKQUORUM", "shop")).StartsWith("OK 3", StringComparison.Ordinal)
            && (await AskSentinelAsync("REPLICAS", "shop")).Contains(Replica.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), "the sentinels know each other and the replica");
    }

    private Task<string> AskSentinelAsync(params string[] command) => AskAsync(ports[0], ["SENTINEL", .. command]);

    private static async Task<string> AskAsync(int port, params string[] command)
    {
        var start = new ProcessStartInfo("redis-cli", ["-p", port.ToString(CultureInfo.InvariantCulture), .. command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["REDISCLI_AUTH"] = RedisServer.Password;
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }
}
