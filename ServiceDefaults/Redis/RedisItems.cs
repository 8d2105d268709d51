using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using ServiceDefaults.Checks;
using ServiceDefaults.Foundation;
using StackExchange.Redis;

namespace ServiceDefaults.Redis;

/// <summary>What the checklist asks about Redis, where there is one.</summary>
internal static class RedisItems
{
    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "sessions.redis",
            Title = "Redis answers",
            StopsDevelopment = true,
            Fix = "Start it, or correct ConnectionStrings:redis (or REDIS_URL).",
            Check = async inspection =>
            {
                await inspection.Service<RedisAnswers>().VerifyAsync(inspection.CancellationToken);
                var redis = inspection.Service<IConnectionMultiplexer>();
                var took = await redis.GetDatabase().PingAsync();
                var endpoint = redis.GetEndPoints()[0];
                var product = redis.GetServer(endpoint).GetProductVariant(out var version);
                return new Finding(true, string.Create(CultureInfo.InvariantCulture, $"{product} {version} at {NameOf(endpoint)} answered in {took.TotalMilliseconds:F1} ms."));
            },
        },
        new()
        {
            Id = "sessions.redis-password",
            Title = "Redis lets nobody in without a password",
            Severity = Severity.Warning,
            Asvs = ["13.2.3"],
            Needs = "sessions.redis",
            Fix = "Set requirepass, or users, in the configuration of Redis, and the password in ConnectionStrings:redis (or REDIS_URL).",
            Check = async inspection =>
            {
                var answer = await AskWithoutPasswordAsync(inspection);
                return new Finding(!answer.StartsWith("+PONG", StringComparison.Ordinal), $"Asked without a password, Redis said {(answer.Length > 0 ? answer.Split(' ')[0] : "nothing")}.");
            },
        },
        new()
        {
            Id = "sessions.redis-tls",
            Title = "What goes to Redis over a network is encrypted",
            Severity = Severity.Warning,
            Asvs = ["12.3.1"],
            Needs = "sessions.redis",
            Fix = "Use rediss:// or ssl=true, unless the network is your own and nobody else's.",
            Check = inspection =>
            {
                var endpoint = EndPoint(inspection);
                var (isEncrypted, isHere) = (Options(inspection).Ssl, RedisAnswers.Server(endpoint) is not { } server || ThisMachine.Is(server.Host)); // else a Unix socket
                return new Finding(isEncrypted || isHere, $"{NameOf(endpoint)} is {(isHere ? "on this machine" : "reached over a network")}, {(isEncrypted ? "with" : "without")} TLS.");
            },
        },
    ];

    private static ConfigurationOptions Options(Inspection inspection) => ConfigurationOptions.Parse(inspection.Service<RedisAddress>().ConnectionString);

    private static EndPoint EndPoint(Inspection inspection) => inspection.Service<IConnectionMultiplexer>().GetEndPoints()[0];

    private static string NameOf(EndPoint endpoint) => RedisAnswers.Server(endpoint) is { } server ? $"{server.Host}:{server.Port}" : endpoint.ToString()!;

    private static async Task<string> AskWithoutPasswordAsync(Inspection inspection)
    {
        var (host, port) = RedisAnswers.Server(EndPoint(inspection)) ?? throw new NotSupportedException("Redis is at a Unix socket.");
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, inspection.CancellationToken);
        await using Stream stream = Options(inspection).Ssl ? new SslStream(client.GetStream()) : client.GetStream();
        if (stream is SslStream encrypted)
        {
            await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = Options(inspection).SslHost ?? host }, inspection.CancellationToken);
        }

        await stream.WriteAsync("PING\r\n"u8.ToArray(), inspection.CancellationToken);
        var buffer = new byte[64];
        return Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, inspection.CancellationToken)).TrimEnd();
    }
}
