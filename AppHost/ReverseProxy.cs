using AppHost.Publishing;
using Microsoft.Extensions.Configuration;

namespace AppHost;

/// <summary>A proxy in front of the web app, as there is one in production: Caddy, in a container or as it is installed here.</summary>
public static class ReverseProxy
{
    private const int Port = 8080; // in the container

    /// <summary>Whether this machine has what it runs on.</summary>
    /// <param name="configuration">Names the container engine, if one has been chosen.</param>
    public static bool CanRunHere(IConfiguration configuration) =>
        ContainerEngine.Answers(configuration) || LocalProgram.Find("caddy") is not null;

    /// <summary>Adds it when <c>AppHost:Proxy</c> says so.</summary>
    /// <remarks>The web app trusts it without a setting: Aspire's own proxy, which stands between, comes from this machine.</remarks>
    /// <exception cref="DistributedApplicationException">There is nothing here that could run it.</exception>
    internal static IResourceBuilder<ProjectResource> BehindProxy(this IResourceBuilder<ProjectResource> webApp, AppHostOptions options)
    {
        var builder = webApp.ApplicationBuilder;
        if (!options.Proxy || builder.ExecutionContext.IsPublishMode)
        {
            return webApp;
        }

        var site = webApp.GetEndpoint("http");
        if (ContainerEngine.Answers(builder.Configuration))
        {
            builder.AddContainer("proxy", Published.ProxyImage, Published.ProxyTag)
                .WithHttpEndpoint(targetPort: Port)
                .WithArgs("caddy", "reverse-proxy", "--from", $"http://:{Port}", "--to", site.Property(EndpointProperty.HostAndPort))
                .InFrontOf(webApp);
        }
        else
        {
            var caddy = LocalProgram.Find("caddy") ?? throw new DistributedApplicationException(
                "AppHost:Proxy has nothing to run on: no container engine answers, and there is no caddy on the PATH. "
                + "Install and start Docker or Podman, or install Caddy, for instance by `apt install caddy` or `brew install caddy`.");
            var proxy = builder.AddExecutable("proxy", caddy, builder.AppHostDirectory, "reverse-proxy").WithHttpEndpoint();
            proxy
                .WithArgs("--from", ReferenceExpression.Create($"http://:{proxy.GetEndpoint("http").Property(EndpointProperty.TargetPort)}"))
                .WithArgs("--to", site.Property(EndpointProperty.HostAndPort))
                .InFrontOf(webApp);
        }

        return webApp;
    }

    private static void InFrontOf<T>(this IResourceBuilder<T> proxy, IResourceBuilder<ProjectResource> webApp)
        where T : IResourceWithEndpoints, IResourceWithWaitSupport =>
        proxy.WaitFor(webApp)
            .WithHttpHealthCheck("/alive")
            .WithIconName("ShieldGlobe")
            .WithUrlForEndpoint("http", url => url.DisplayText = "site, through the proxy");
}
