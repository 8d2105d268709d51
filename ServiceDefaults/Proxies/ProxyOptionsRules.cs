using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Proxies;

/// <summary>Every entry is an address or a network, and none is wider than any network of one's own: <c>10.0.0.0/8</c>, <c>fc00::/7</c>.</summary>
internal sealed class ProxyOptionsRules : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        var problems = options.Trusted.SelectMany(Problems).ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(string entry)
    {
        if (!TryParse(entry, out var network))
        {
            yield return $"Proxies:Trusted holds \"{entry}\", which is neither an address such as 10.0.0.7 nor a network such as 10.0.0.0/8.";
        }
        else if (network.PrefixLength < (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 8 : 7))
        {
            yield return $"Proxies:Trusted holds \"{entry}\", which trusts strangers: they could forge their address. Name your proxy's own network.";
        }
    }

    internal static bool TryParse(string entry, out IPNetwork network)
    {
        // The parser also reads "10" and "10.1", as 0.0.0.10 and 10.0.0.1, which nobody means.
        if (IPAddress.TryParse(entry, out var address) && (entry.Contains(':', StringComparison.Ordinal) || entry.Count(c => c == '.') == 3))
        {
            address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(entry, out network);
    }
}
