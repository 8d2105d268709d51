using System.Diagnostics;
using System.Globalization;

namespace Tests.Parts;

/// <summary>A real Redis Cluster of three nodes on free ports of this machine, each with a third of the 16,384 slots.</summary>
public sealed class RedisCluster : IAsyncLifetime
{
    // The default bus port is 10000 above the other one, where the system gives ports to connections. A cluster that has lost a node serves the rest.
    private readonly Dictionary<RedisServer, string[]> nodes = Enumerable.Range(0, 3).ToDictionary(_ => new RedisServer(), _ => new[]
    {
        "cluster-enabled yes", $"cluster-port {FreePort.Next()}", "cluster-node-timeout 1000", "cluster-require-full-coverage no",
    });

    public IReadOnlyCollection<RedisServer> Nodes => nodes.Keys;

    /// <summary>What an application is told: every node, so that it starts while one is away.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["ConnectionStrings:redis"] = string.Join(',', Nodes.Select(node => $"127.0.0.1:{node.Port}")),
        ["REDIS_PASSWORD"] = RedisServer.Password,
    };

    /// <summary>Skips the test where there is no redis-server or no redis-cli, which makes the cluster.</summary>
    public static void Require()
    {
        RedisServer.RequireRedis("clusters made by redis-cli");
        Skip.If(Programs.Find("redis-cli") is null, "no redis-cli on this machine: apt-get install redis-tools");
    }

    public async Task InitializeAsync()
    {
        if (Programs.Find("redis-server") is null || Programs.Find("redis-cli") is null)
        {
            return;
        }

        await Task.WhenAll(Nodes.Select(StartAsync));
        await AskAsync(["--cluster", "create", .. Nodes.Select(node => $"127.0.0.1:{node.Port}"), "--cluster-yes"]);
        await Eventually.TrueAsync(
            async () => await IsWholeAsync() && (await Task.WhenAll(Nodes.Select(node => AskAsync(node, "CLUSTER", "NODES")))).All(known => known.Split(" connected ").Length == 4),
            "every node of the cluster knows the others");
    }

    /// <summary>Starts a node again, and waits until it takes part.</summary>
    public async Task StartAgainAsync(RedisServer node)
    {
        await StartAsync(node);
        await Eventually.TrueAsync(IsWholeAsync, "the cluster is whole again");
    }

    /// <summary>The names of all keys, node by node.</summary>
    public async Task<string[][]> KeysAsync() => await Task.WhenAll(Nodes.Select(KeysAsync));

    public async Task DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }
    }

    private Task StartAsync(RedisServer node) => node.StartAsync(nodes[node]);

    private async Task<bool> IsWholeAsync() =>
        (await Task.WhenAll(Nodes.Select(node => AskAsync(node, "CLUSTER", "INFO")))).All(info => info.Contains("cluster_state:ok", StringComparison.Ordinal));

    private static async Task<string[]> KeysAsync(RedisServer node) => (await AskAsync(node, "KEYS", "*")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Task<string> AskAsync(RedisServer node, params string[] command) =>
        AskAsync(["-p", node.Port.ToString(CultureInfo.InvariantCulture), .. command]);

    /// <summary>By redis-cli, which asks the node that it is told and follows nobody elsewhere.</summary>
    private static async Task<string> AskAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("redis-cli", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["REDISCLI_AUTH"] = RedisServer.Password;
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"redis-cli {string.Join(' ', arguments)}: {said}");
    }
}

/// <summary>One cluster for all classes that need one: making it takes seconds.</summary>
[CollectionDefinition(Name)]
public sealed class RedisClusterCollectionFixture : ICollectionFixture<RedisCluster>
{
    public const string Name = "Redis Cluster";
}
