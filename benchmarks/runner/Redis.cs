using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Benchmarks;

/// <summary>A real Redis on a free port of this machine, for all contenders. Nothing of it is written to disk.</summary>
internal sealed partial class Redis
{
    /// <summary>What clients send to keep a connection up, whatever the application does.</summary>
    private static readonly HashSet<string> Upkeep = new(StringComparer.OrdinalIgnoreCase) { "PING", "CLIENT", "INFO", "ECHO", "CONFIG", "HELLO", "AUTH", "SELECT", "CLUSTER", "SENTINEL", "SUBSCRIBE" };

    private readonly Process process;
    private readonly CancellationToken stop;

    private Redis(Process process, int port, CancellationToken stop)
    {
        this.process = process;
        this.stop = stop;
        Port = port;
    }

    public int Port { get; }

    public static async Task<Redis> StartAsync(Processes processes, CancellationToken stop)
    {
        var port = FreePort();
        var redis = new Redis(
            processes.Start(new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--logfile", "/dev/null"])),
            port,
            stop);
        await IsListeningAsync(port, stop);
        return redis;
    }

    public void Freeze() => Programs.Signal(process, "STOP");

    public void Thaw() => Programs.Signal(process, "CONT");

    public async Task<int> CountKeysAsync() => int.Parse(await AskAsync("DBSIZE"), CultureInfo.InvariantCulture);

    /// <summary>How many commands clients send meanwhile. What a script calls is inside one command and one round trip.</summary>
    public async Task<int> CountCommandsAsync(Func<Task> action)
    {
        using var monitor = Process.Start(new ProcessStartInfo("redis-cli", ["-p", $"{Port}", "MONITOR"]) { RedirectStandardOutput = true })!;
        var lines = new ConcurrentQueue<string>();
        var ready = new TaskCompletionSource();
        monitor.OutputDataReceived += (_, line) =>
        {
            ready.TrySetResult();
            lines.Enqueue(line.Data ?? "");
        };
        monitor.BeginOutputReadLine();
        try
        {
            await ready.Task.WaitAsync(TimeSpan.FromSeconds(5), stop);
            await action();
            await Task.Delay(300, stop); // some write after they have answered
        }
        finally
        {
            monitor.Kill();
            await monitor.WaitForExitAsync(CancellationToken.None);
        }

        return lines.Select(line => MonitorLine().Match(line)).Count(match => match.Success && match.Groups["source"].Value != "lua" && !Upkeep.Contains(match.Groups["command"].Value));
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task IsListeningAsync(int port, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }

    [GeneratedRegex("""^\d+\.\d+ \[\d+ (?<source>[^\]]+)\] "(?<command>[^"]+)""")]
    private static partial Regex MonitorLine();

    private async Task<string> AskAsync(params string[] command) => (await Programs.AskAsync("redis-cli", ["-p", $"{Port}", .. command], stop)).Output.Trim();
}
