using System.Net;

namespace ServiceDefaults.Foundation;

/// <summary>Hosts from which nothing goes over a network.</summary>
internal static class ThisMachine
{
    /// <summary>Whether a host is this machine by name or address: browsers reach no other there.</summary>
    public static bool Is(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
