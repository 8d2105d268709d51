using System.Net;
using System.Net.Sockets;

namespace Tests.Parts;

/// <summary>
/// Ports for servers that tests start: below those that the system gives to connections, for one of these could have a port
/// before the server does; and none twice, so that no test has that of another.
/// </summary>
internal static class FreePort
{
    private const int First = 23_000;
    private const int Count = 9_000; // Linux gives connections those from 32768 on, Windows and macOS from 49152 on

    private static int turn = Random.Shared.Next(Count); // whoever runs tests beside these begins elsewhere

    /// <summary>A port of 127.0.0.1 that nobody has.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref turn) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // taken: the next one
            }
        }
    }
}
