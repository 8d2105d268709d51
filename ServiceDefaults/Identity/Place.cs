using System.Net;
using System.Net.Sockets;

namespace ServiceDefaults.Identity;

/// <summary>Where a request came from, precisely enough to recognize and too coarse to identify: IPv4 to 24 bits, IPv6 to 48.</summary>
internal static class Place
{
    public static string Describe(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(address))
        {
            return "this machine";
        }

        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? $"{bytes[0]}.{bytes[1]}.{bytes[2]}.*"
            : $"{Group(bytes, 0)}:{Group(bytes, 2)}:{Group(bytes, 4)}:*";
    }

    private static string Group(byte[] bytes, int at) => $"{(bytes[at] << 8) | bytes[at + 1]:x}";
}
