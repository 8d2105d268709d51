using System.Net;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Proxies;

/// <summary>Which peers are believed: this machine, and what <see cref="ProxyOptions.Trusted"/> names.</summary>
internal sealed class ProxyTrust(IOptions<ProxyOptions> options)
{
    public IReadOnlyList<IPNetwork> Networks { get; } =
        [.. options.Value.Trusted.Append("127.0.0.1").Append("::1").Select(entry => ProxyOptionsRules.TryParse(entry, out var network) ? network : default)];

    /// <summary>A peer without an address came over a Unix socket, and so from this machine.</summary>
    public bool Trusts(IPAddress? peer)
    {
        var address = peer is { IsIPv4MappedToIPv6: true } ? peer.MapToIPv4() : peer;
        return address is null || Networks.Any(network => network.Contains(address));
    }
}
