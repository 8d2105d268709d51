using Tests.Parts;

namespace Tests.Proxies;

[Trait(Tier.Name, Tier.All)]
public sealed class NginxTests(ProxiedSite site) : ReverseProxyConformance(site), IClassFixture<ProxiedSite>
{
    private protected override Task<ReverseProxy> StartAsync(params int[] replicas) => ReverseProxy.NginxAsync(replicas);
}

[Trait(Tier.Name, Tier.All)]
public sealed class HaproxyTests(ProxiedSite site) : ReverseProxyConformance(site), IClassFixture<ProxiedSite>
{
    private protected override Task<ReverseProxy> StartAsync(params int[] replicas) => ReverseProxy.HaproxyAsync(behindAnotherProxy: false, replicas);
}

[Trait(Tier.Name, Tier.All)]
public sealed class CaddyTests(ProxiedSite site) : ReverseProxyConformance(site), IClassFixture<ProxiedSite>
{
    private protected override Task<ReverseProxy> StartAsync(params int[] replicas) => ReverseProxy.CaddyAsync(replicas);
}
