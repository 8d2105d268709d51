using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Foundation;
using StackExchange.Redis;

namespace ServiceDefaults.Redis;

/// <summary>At start: Redis answers, or the start is refused with the reason.</summary>
/// <remarks>The connection is asked for here, and not injected: making it waits for the server.</remarks>
internal sealed class RedisAnswers(RedisAddress address, IServiceProvider services) : IStartCheck
{
    private const string Settings = "ConnectionStrings:redis (or REDIS_URL)";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Begins to connect, so that nobody has to wait for it later; what goes wrong is told by <see cref="VerifyAsync"/>.</summary>
    /// <remarks>On a thread of its own: connecting blocks one, and the pool of a small machine has no other.</remarks>
    public static void Begin(IServiceProvider services) =>
        _ = Task.Factory.StartNew(services.GetService<IConnectionMultiplexer>, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        // Sockets first: the client library would try for seconds, and log every attempt, before it gave up.
        var servers = Servers();
        var problems = await Task.WhenAll(servers.Select(server => ConnectAsync(server, cancellationToken)));
        if (problems.All(problem => problem is not null))
        {
            throw new StartRefusedException(problems[0]!);
        }

        try
        {
            var redis = await Task.Run(services.GetRequiredService<IConnectionMultiplexer>, cancellationToken);
            await redis.GetDatabase().PingAsync().WaitAsync(Patience, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            var (host, port) = servers[Array.IndexOf(problems, null)];
            throw new StartRefusedException(
                $"Redis at {host}:{port} accepts the connection but does not let this application in. Check the user, the password and TLS in {Settings}.");
        }
    }

    /// <summary>Where a server is; null for a Unix socket.</summary>
    public static (string Host, int Port)? Server(EndPoint endpoint) => endpoint switch
    {
        DnsEndPoint dns => (dns.Host, dns.Port),
        IPEndPoint ip => (ip.Address.ToString(), ip.Port),
        _ => null,
    };

    private (string Host, int Port)[] Servers()
    {
        try
        {
            var options = ConfigurationOptions.Parse(address.ConnectionString);
            options.SetDefaultPorts();
            return [.. options.EndPoints.Select(endpoint => Server(endpoint)!.Value)];
        }
        catch (ArgumentException)
        {
            // The parser's message quotes the part that it does not understand, which may be the password.
            throw new StartRefusedException("ConnectionStrings:redis is malformed. Expected host:port,password=…, or a redis:// URL.");
        }
    }

    /// <summary>What stands in the way; null when nothing does.</summary>
    private static async Task<string?> ConnectAsync((string Host, int Port) server, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.Host, server.Port, cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
            return null;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return $"Redis at {server.Host}:{server.Port} refuses the connection. Start it, or correct {Settings}.";
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.HostNotFound or SocketError.TryAgain)
        {
            return $"The Redis host {server.Host} is unknown. Correct {Settings}.";
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException)
        {
            return $"Redis at {server.Host}:{server.Port} cannot be reached. Check the network, or correct {Settings}.";
        }
    }
}
