using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServiceDefaults.Responses;

namespace ServiceDefaults.Limits;

/// <summary>Hands the limits to the server that it enforces itself, before there is a request to answer.</summary>
internal static class ServerLimits
{
    public static void AddServerLimits(this IServiceCollection services)
    {
        // A proxy in front may end a line elsewhere than at a bare line feed, and see another request (RFC 9112, 2.2 and 11.2).
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitOptions>, IOptions<HeaderLimits>, IOptions<ConnectionLimits>>(
            (kestrel, requests, headers, connections) => Apply(kestrel.Limits, requests.Value, headers.Value, connections.Value));
        services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = ListenSocket.Bind);
    }

    private static void Apply(KestrelServerLimits server, LimitOptions requests, HeaderLimits headers, ConnectionLimits connections)
    {
        server.MaxRequestBodySize = requests.BodyBytes;
        server.MaxRequestLineSize = headers.RequestLineBytes;
        server.MaxRequestHeaderCount = headers.Count;
        server.MaxRequestHeadersTotalSize = headers.TotalBytes;
        server.RequestHeadersTimeout = headers.Time;
        server.KeepAliveTimeout = connections.IdleTime;
        server.MaxConcurrentConnections = connections.Count;
        server.MaxConcurrentUpgradedConnections = connections.Count;
        server.MinRequestBodyDataRate = new MinDataRate(connections.BodyBytesPerSecond, connections.Grace);
        server.MinResponseDataRate = new MinDataRate(connections.AnswerBytesPerSecond, connections.Grace);
        server.MaxResponseBufferSize = AnswerPace.BufferBytes;
        server.Http2.MaxStreamsPerConnection = connections.Streams;
        server.Http2.MaxRequestHeaderFieldSize = headers.FieldBytes;
        server.Http3.MaxRequestHeaderFieldSize = headers.FieldBytes;
    }
}
