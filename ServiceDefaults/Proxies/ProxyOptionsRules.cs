using System.Net;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Proxies;

/// <summary>Every entry is an address or a network, and none is the whole world.</summary>
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
        else if (network.PrefixLength == 0)
        {
            yield return $"Proxies:Trusted holds \"{entry}\", which trusts everybody: any client could forge its address. Name your proxy's own network.";
        }
    }

    internal static bool TryParse(string entry, out IPNetwork network)
    {
        if (IPAddress.TryParse(entry, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(entry, out network);
    }
}
