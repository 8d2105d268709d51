using System.Net.NetworkInformation;
using Microsoft.Extensions.Configuration;

namespace AppHost;

/// <summary>Checks that the ports of the launch profiles are free; without it a start waits forever, or serves another program's pages.</summary>
internal static class FreePorts
{
    private static readonly string[] OwnAddresses = ["ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"];

    /// <summary>Refuses the start when another program listens on the port of the site, the dashboard, or one of its endpoints.</summary>
    /// <exception cref="DistributedApplicationException">A port is in use. The message names all of them and the files that set them.</exception>
    public static IResourceBuilder<ProjectResource> RequireFreePorts(this IResourceBuilder<ProjectResource> webApp)
    {
        var builder = webApp.ApplicationBuilder;
        if (!builder.ExecutionContext.IsRunMode || builder.Configuration.GetValue<bool>("DcpPublisher:RandomizePorts"))
        {
            return webApp;
        }

        var own = OwnAddresses.SelectMany(key => (builder.Configuration[key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)).Select(address => new Uri(address).Port);
        var site = webApp.Resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.Port ?? 0);
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port);
        var busy = own.Concat(site).Where(port => port > 0).Intersect(listeners).Order().ToArray();
        return busy.Length == 0
            ? webApp
            : throw new DistributedApplicationException(
                $"Other programs use {(busy.Length == 1 ? "port" : "the ports")} {string.Join(", ", busy)}. End them (perhaps another run of this AppHost), "
                + "or change the ports in Properties/launchSettings.json of AppHost and WebApp.");
    }
}
