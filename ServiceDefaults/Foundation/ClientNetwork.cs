using System.Net;
using System.Net.Sockets;

namespace ServiceDefaults.Foundation;

/// <summary>What counts as one client: an IPv4 address, or the /64 network of IPv6 that a provider gives to one customer (RFC 6177).</summary>
internal static class ClientNetwork
{
    /// <summary>The same text for all addresses of one client.</summary>
    /// <param name="address">The real client's; null when the connection has none.</param>
    public static string Of(IPAddress? address)
    {
        address = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return address is { AddressFamily: AddressFamily.InterNetworkV6 }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address?.ToString() ?? "";
    }
}
