using System.Net;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Proxies;

/// <summary>What the checklist asks about reverse proxies. The addresses are for documentation (RFC 5737): nobody has them.</summary>
internal static class ProxyItems
{
    private const string Claimed = "198.51.100.9";

    private static readonly IPAddress Stranger = IPAddress.Parse("192.0.2.1");

    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "proxies.strangers",
            Title = "Nobody forges an address or a scheme: forwarded headers count from trusted proxies only",
            Asvs = ["4.1.3", "15.3.4"],
            Options = typeof(ProxyOptions),
            Fix = "Name your proxies in Proxies:Trusted, and nobody else.",
            Check = async inspection =>
            {
                var seen = await WhoAsync(inspection, Stranger, Claimed);
                return new Finding(
                    seen == $"{Stranger}",
                    $"A stranger, {Stranger}, who claimed to be {Claimed} counted as {seen}. Trusted are {string.Join(", ", inspection.Service<ProxyTrust>().Networks)}.");
            },
        },
        new()
        {
            Id = "proxies.hops",
            Title = "Exactly as many proxies are read as there are",
            Asvs = ["4.1.3", "15.3.4"],
            Fix = "Set Proxies:Hops, and leave ForwardedHeadersOptions to AddTrustedProxies.",
            Check = async inspection =>
            {
                var hops = inspection.Options<ProxyOptions>().Hops;
                var seen = await WhoAsync(inspection, IPAddress.Loopback, string.Join(", ", Enumerable.Repeat("127.0.0.1", hops).Prepend(Claimed)));
                return new Finding(seen == "127.0.0.1", $"Of {hops + 1} addresses {hops} were read: the client counted as {seen}, and {Claimed}, one proxy further, {(seen == Claimed ? "was believed" : "was not asked")}.");
            },
        },
    ];

    private static async Task<string> WhoAsync(Inspection inspection, IPAddress from, string forwardedFor)
    {
        var answer = await inspection.SendAsync(new()
        {
            From = from,
            Headers = new Dictionary<string, string> { ["X-Forwarded-For"] = forwardedFor, ["X-Forwarded-Proto"] = "https" },
            Endpoint = context => context.Response.WriteAsync($"{context.Connection.RemoteIpAddress}"),
        });
        return answer.Body;
    }
}
