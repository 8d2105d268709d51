using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Tests.Parts;

/// <summary>A real Redis on a free port, with a password; a test may stop, freeze and start it again.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    public const string Password = "a,b=c d%/:@";

    private readonly string folder = Directory.CreateTempSubdirectory("redis-").FullName;
    private Process? process;
    private ConnectionMultiplexer? connection;

    public int Port { get; } = FreePort.Next();

    /// <summary>As a hosting platform hands it out.</summary>
    public string Url => $"redis://:{Uri.EscapeDataString(Password)}@127.0.0.1:{Port}";

    public IServer Server => Connection.GetServer("127.0.0.1", Port);

    public IDatabase Database => Connection.GetDatabase();

    private ConnectionMultiplexer Connection => connection ??= ConnectionMultiplexer.Connect(new ConfigurationOptions
    {
        EndPoints = { { "127.0.0.1", Port } },
        Password = Password,
        AllowAdmin = true,
        AbortOnConnectFail = false,
    });

    /// <summary>Skips the test where there is no redis-server.</summary>
    public static void Require() =>
        Skip.If(Programs.Find("redis-server") is null, "no redis-server on this machine: apt-get install redis-server");

    public async Task InitializeAsync()
    {
        if (Programs.Find("redis-server") is not null)
        {
            await StartAsync();
        }
    }

    public async Task StartAsync(params string[] settings)
    {
        var start = new ProcessStartInfo("redis-server", ["-"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        process = Process.Start(start)!;
        await process.StandardInput.WriteAsync($"port {Port}\nbind 127.0.0.1\nrequirepass \"{Password}\"\nsave \"\"\nappendonly yes\n{string.Join('\n', settings)}\n");
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        await Eventually.TrueAsync(IsListeningAsync, "redis-server listens");
    }

    /// <summary>Kills it, as a power cut would.</summary>
    public void Stop()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    /// <summary>Connections stay open, nothing is answered.</summary>
    public void Freeze() => Programs.Signal(process!, "STOP");

    public void Thaw() => Programs.Signal(process!, "CONT");

    /// <summary>How many commands clients have sent so far.</summary>
    public async Task<long> CommandsSentAsync()
    {
        var lines = await RunAsync("INFO", "commandstats");
        // A script counts what it calls too: only the script itself was sent. Left out are what keeps a connection up.
        string[] sent = ["evalsha", "eval", "ping", "get", "set", "lrange", "incr"];
        return lines.Split('\n')
            .Select(line => line.Trim().Split(':', 2))
            .Where(line => line.Length == 2 && sent.Contains(line[0].Replace("cmdstat_", "", StringComparison.Ordinal)))
            .Sum(line => long.Parse(line[1].Split(',')[0].Split('=')[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    public async Task<string[]> KeysAsync() => (string[])(await Database.ExecuteAsync("KEYS", "*"))!;

    public async Task<string[]> SessionKeysAsync() =>
        [.. (await KeysAsync()).Where(key => key.Contains(":session:", StringComparison.Ordinal))];

    public async Task<string> RunAsync(string command, params object[] arguments) =>
        ((string?)await Database.ExecuteAsync(command, arguments))!;

    public Task DisposeAsync()
    {
        connection?.Dispose();
        Stop();
        process?.Dispose();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    private async Task<bool> IsListeningAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
