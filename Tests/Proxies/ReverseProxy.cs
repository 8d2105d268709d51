using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Tests.Parts;

namespace Tests.Proxies;

/// <summary>
/// A real proxy that runs the configuration which <c>docs/proxies</c> ships. Only ports, paths and addresses are replaced:
/// what is tested is what people copy.
/// </summary>
internal sealed class ReverseProxy : IAsyncDisposable
{
    public const string Host = "shop.example";

    // Not a private one: nginx' workers run as another user, and keep here what they buffer.
    private readonly string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"proxy-{Guid.NewGuid():n}")).FullName;
    private readonly X509Certificate2 certificate;
    private readonly List<string> output = [];
    private Process? process;

    private ReverseProxy() => certificate = SiteCertificate.WriteTo(folder, Host);

    /// <summary>Where it takes plain HTTP.</summary>
    public int HttpPort { get; } = FreePort.Next();

    /// <summary>Where it takes HTTPS.</summary>
    public int HttpsPort { get; } = FreePort.Next();

    public static void Require(string program) =>
        Skip.If(Programs.Find(program) is null, $"no {program} on this machine: apt-get install {program}");

    public static Task<ReverseProxy> NginxAsync(params int[] replicas) => NginxAsync([], replicas);

    /// <param name="changes">What somebody has changed in the shipped configuration.</param>
    /// <param name="replicas">Their ports.</param>
    public static Task<ReverseProxy> NginxAsync(Dictionary<string, string> changes, params int[] replicas) => StartAsync("nginx", "nginx.conf", replicas, proxy => new(changes)
    {
        ["listen 80"] = $"listen 127.0.0.1:{proxy.HttpPort}",
        ["listen 443"] = $"listen 127.0.0.1:{proxy.HttpsPort}",
        ["http {"] = $"http {{\n{string.Concat(NginxFolders.Select(name => $"    {name}_temp_path {proxy.folder}/{name};\n"))}",
    }, file => ["-c", file, "-e", "stderr", "-g", $"daemon off; pid {file}.pid; error_log stderr;"]);

    /// <param name="behindAnotherProxy">As docs/proxies.md says: it adds the address of the outer proxy to what that one has set.</param>
    /// <param name="replicas">Their ports.</param>
    public static Task<ReverseProxy> HaproxyAsync(bool behindAnotherProxy, params int[] replicas) => StartAsync("haproxy", "haproxy.cfg", replicas, proxy => new()
    {
        ["bind :80 "] = $"bind 127.0.0.1:{proxy.HttpPort} ",
        ["bind :443 "] = $"bind 127.0.0.1:{proxy.HttpsPort} ",
        ["http-request set-header X-Forwarded-For %[src]"] = behindAnotherProxy ? "option forwardfor" : "http-request set-header X-Forwarded-For %[src]",
        ["http-request set-header X-Forwarded-Proto %[ssl_fc,iif(https,http)]"] = behindAnotherProxy ? "" : "http-request set-header X-Forwarded-Proto %[ssl_fc,iif(https,http)]",
    }, file => ["-db", "-f", file]);

    public static Task<ReverseProxy> CaddyAsync(params int[] replicas) => StartAsync("caddy", "Caddyfile", replicas, proxy => new()
    {
        ["\tadmin off"] = $"\tadmin off\n\tdefault_bind 127.0.0.1\n\thttp_port {proxy.HttpPort}\n\thttps_port {proxy.HttpsPort}",
    }, file => ["run", "--adapter", "caddyfile", "--config", file]);

    /// <summary>The certificate, which is its own authority, in PEM.</summary>
    public string Certificate => Path.Combine(folder, "fullchain.pem");

    /// <summary>A browser at an address of this machine, for which the name of the site leads here.</summary>
    /// <param name="from">Its address.</param>
    public Visitor Visitor(string from = "127.0.0.2") => new(new Uri($"https://{Host}"), new SocketsHttpHandler
    {
        UseProxy = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, presented, _, _) => certificate.Equals(presented),
        },
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port == 443 ? HttpsPort : HttpPort, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            Programs.Signal(process, "TERM");
            await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        }

        process?.Dispose();
        certificate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static readonly string[] NginxFolders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

    private static async Task<ReverseProxy> StartAsync(
        string program, string file, int[] replicas, Func<ReverseProxy, Dictionary<string, string>> replace, Func<string, string[]> arguments)
    {
        Require(program);
        var proxy = new ReverseProxy();
        var configuration = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "proxies", file));
        var replacements = new Dictionary<string, string>(replace(proxy))
        {
            ["/etc/ssl/shop"] = proxy.folder,
            ["10.0.0.11:8080"] = $"127.0.0.1:{replicas[0]}",
            ["10.0.0.12:8080"] = $"127.0.0.1:{replicas[^1]}",
        };
        foreach (var (shipped, here) in replacements)
        {
            Assert.Contains(shipped, configuration, StringComparison.Ordinal);
            configuration = configuration.Replace(shipped, here, StringComparison.Ordinal);
        }

        var path = Path.Combine(proxy.folder, file);
        await File.WriteAllTextAsync(path, configuration);
        await proxy.RunAsync(Programs.Find(program)!, arguments(path));
        return proxy;
    }

    private async Task RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = folder; // where Caddy keeps what it keeps
        start.Environment.Remove("XDG_CONFIG_HOME");
        start.Environment.Remove("XDG_DATA_HOME");
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.TrueAsync(IsListeningAsync, string.Create(CultureInfo.InvariantCulture, $"{program} listens on {HttpsPort}"));
    }

    private void Keep(string? line)
    {
        lock (output)
        {
            output.Add(line ?? "");
        }
    }

    private async Task<bool> IsListeningAsync()
    {
        lock (output)
        {
            Assert.False(process!.HasExited, string.Join('\n', output));
        }

        using var client = new TcpClient();
        return await client.ConnectAsync(IPAddress.Loopback, HttpsPort).ContinueWith(connecting => connecting.IsCompletedSuccessfully, TaskScheduler.Default);
    }
}
