namespace Tests.Proxies;

public sealed class NginxTests(ProxiedSite site) : ReverseProxyConformance(site), IClassFixture<ProxiedSite>
{
    private protected override Task<ReverseProxy> StartAsync(params int[] replicas) => ReverseProxy.NginxAsync(replicas);
}

public sealed class HaproxyTests(ProxiedSite site) : ReverseProxyConformance(site), IClassFixture<ProxiedSite>
{
    private protected override Task<ReverseProxy> StartAsync(params int[] replicas) => ReverseProxy.HaproxyAsync(behindAnotherProxy: false, replicas);
}

public sealed class CaddyTests(ProxiedSite site) : ReverseProxyConformance(site), IClassFixture<ProxiedSite>
{
    private protected override Task<ReverseProxy> StartAsync(params int[] replicas) => ReverseProxy.CaddyAsync(replicas);
}
