using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Tests.Parts;

/// <summary>A real Redis on a free port, with a password; a test may stop, freeze and start it again.</summary>
/// <remarks>Where no redis-server is installed it is Garnet, from <c>engine/DevelopmentRedis</c>.</remarks>
public class RedisServer : IAsyncLifetime
{
    public const string Password = "a,b=c d%/:@";

    private readonly string? server;
    private Process? process;
    private ConnectionMultiplexer? connection;

    /// <summary>Uses the installed redis-server, else Garnet.</summary>
    public RedisServer()
        : this(Installed)
    {
    }

    /// <summary>Uses a certain server.</summary>
    /// <param name="server">The path of redis-server; null for Garnet.</param>
    protected RedisServer(string? server) => this.server = server;

    public int Port { get; } = FreePort.Next();

    /// <summary>As a hosting platform hands it out.</summary>
    public string Url => $"redis://:{Uri.EscapeDataString(Password)}@127.0.0.1:{Port}";

    public IDatabase Database => Connection.GetDatabase();

    /// <summary>The server's name, as logs and pages show it.</summary>
    public string Product => server is null ? "Garnet" : "Redis";

    /// <summary>The folder of its data.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("redis-").FullName;

    private static string? Installed { get; } = Programs.Find("redis-server");

    private ConnectionMultiplexer Connection => connection ??= ConnectionMultiplexer.Connect(new ConfigurationOptions
    {
        EndPoints = { { "127.0.0.1", Port } },
        Password = Password,
        AllowAdmin = true,
        AbortOnConnectFail = false,
    });

    /// <summary>Skips a test that uses what Garnet lacks.</summary>
    /// <param name="feature">What it lacks: evictions, say.</param>
    public static void RequireRedis(string feature) =>
        Skip.If(Installed is null, $"no redis-server on this machine, and Garnet lacks {feature}: apt-get install redis-server");

    public async Task InitializeAsync() => await StartAsync();

    public async Task StartAsync(params string[] settings)
    {
        process = server is { } program ? await StartRedisAsync(program, settings) : await StartGarnetAsync();
        await Eventually.TrueAsync(IsListeningAsync, "Redis listens");
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
            .Sum(line => long.Parse(line[1].Split(',')[0].Split('=')[1], CultureInfo.InvariantCulture));
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
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    private async Task<Process> StartRedisAsync(string program, string[] settings)
    {
        var redis = Process.Start(new ProcessStartInfo(program, ["-"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await redis.StandardInput.WriteAsync($"port {Port}\nbind 127.0.0.1\nrequirepass \"{Password}\"\nsave \"\"\nappendonly yes\n{string.Join('\n', settings)}\n");
        redis.StandardInput.Close();
        redis.BeginOutputReadLine();
        return redis;
    }

    private async Task<Process> StartGarnetAsync()
    {
        var start = new ProcessStartInfo("dotnet", [await GarnetProgram.Built, Port.ToString(CultureInfo.InvariantCulture), Folder]) { RedirectStandardOutput = true };
        start.Environment["REDIS_PASSWORD"] = Password;
        var garnet = Process.Start(start)!;
        garnet.BeginOutputReadLine();
        return garnet;
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
