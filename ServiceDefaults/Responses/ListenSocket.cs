using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ServiceDefaults.Responses;

/// <summary>Sockets that take no more of an answer than is under way to its reader.</summary>
internal static class ListenSocket
{
    private const int LinuxTcp = 6;
    private const int LinuxTcpNotSentLowWaterMark = 25;

    /// <summary>
    /// Linux would keep megabytes for a reader who does not read, outside this process but of the same memory, and tell of no
    /// progress for minutes. The limit is for what has not been sent: it slows nothing down (tcp(7), TCP_NOTSENT_LOWAT).
    /// </summary>
    public static Socket Bind(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (OperatingSystem.IsLinux() && endpoint is IPEndPoint)
        {
            socket.SetRawSocketOption(LinuxTcp, LinuxTcpNotSentLowWaterMark, BitConverter.GetBytes(AnswerPace.BufferBytes));
        }

        return socket;
    }
}
