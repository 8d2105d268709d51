using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Production;
using StackExchange.Redis;

namespace ServiceDefaults.Sessions;

/// <summary>At start: Redis answers, or the start is refused with the reason.</summary>
/// <remarks>The connection is asked for here, and not injected: making it waits for the server.</remarks>
internal sealed class RedisAnswers(IServiceProvider services) : IStartCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        IConnectionMultiplexer redis;
        try
        {
            redis = await Task.Run(services.GetRequiredService<IConnectionMultiplexer>, cancellationToken);
        }
        catch (ArgumentException)
        {
            // The parser's message quotes the part that it does not understand, which may be the password.
            throw new StartRefusedException("ConnectionStrings:redis is malformed. Expected host:port,password=…, or a redis:// URL.");
        }

        try
        {
            await redis.GetDatabase().PingAsync().WaitAsync(Patience, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            throw new StartRefusedException(await ExplainAsync(redis, cancellationToken));
        }
    }

    private static async Task<string> ExplainAsync(IConnectionMultiplexer redis, CancellationToken cancellationToken)
    {
        const string Settings = "ConnectionStrings:redis (or REDIS_URL)";
        var endpoint = redis.GetEndPoints(configuredOnly: true).First();
        var (host, port) = endpoint is DnsEndPoint dns ? (dns.Host, dns.Port) : (((IPEndPoint)endpoint).Address.ToString(), ((IPEndPoint)endpoint).Port);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
            return $"Redis at {host}:{port} accepts the connection but does not let this application in. Check the user, the password and TLS in {Settings}.";
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return $"Redis at {host}:{port} refuses the connection. Start it, or correct {Settings}.";
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.HostNotFound or SocketError.TryAgain)
        {
            return $"The Redis host {host} is unknown. Correct {Settings}.";
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException)
        {
            return $"Redis at {host}:{port} cannot be reached. Check the network, or correct {Settings}.";
        }
    }
}
