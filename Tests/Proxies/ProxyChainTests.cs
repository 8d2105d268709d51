using System.Net;
using Tests.Parts;

namespace Tests.Proxies;

/// <summary>nginx, which ends TLS, then HAProxy, then the application: two hops.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class ProxyChainTests(ProxiedSite site) : IClassFixture<ProxiedSite>
{
    [SkippableFact]
    public async Task With_two_hops_the_visitors_address_and_scheme_come_through_both_and_a_forged_one_through_none()
    {
        await using var replica = await site.StartReplicaAsync(hops: 2);
        await using var inner = await ReverseProxy.HaproxyAsync(behindAnotherProxy: true, replica.Address.Port);
        await using var outer = await ReverseProxy.NginxAsync(inner.HttpPort);
        using var visitor = outer.Visitor(from: "127.0.0.3");
        visitor.DefaultRequestHeaders.Add("X-Forwarded-For", "6.6.6.6");

        Assert.Equal("127.0.0.3 https://shop.example", await visitor.GetStringAsync("/visitor"));
        Assert.Equal(HttpStatusCode.PermanentRedirect, (await visitor.GetAsync(new Uri("http://shop.example/visitor"))).StatusCode);
    }
}
