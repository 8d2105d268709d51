using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;

namespace AppHost.Publishing;

/// <summary>The door of the site: ends TLS, and spreads requests over the replicas that answer.</summary>
internal static class ComposeProxy
{
    public const string SettingsFile = "Caddyfile";

    private const string SettingsInContainer = "/etc/caddy/Caddyfile";
    private const int User = 65532; // nobody's: it owns nothing in the image

    public static Service Service(string network)
    {
        var service = new Service
        {
            Name = "site",
            Image = $"{Published.ProxyImage}:{Published.ProxyTag}",
            Environment = { ["XDG_CONFIG_HOME"] = "/tmp", ["XDG_DATA_HOME"] = "/tmp" }, // nothing that it would have to keep
            Command = ["caddy", "run", "--config", SettingsInContainer],
            Ports = ["${SITE_PORT:-443}:8443"],
            Networks = [network],
            DependsOn = { ["webapp"] = new() },
            Healthcheck = new() { Test = ["CMD", "wget", "-q", "--spider", "http://127.0.0.1:8081/"], Interval = "5s", Timeout = "3s", Retries = 3, StartPeriod = "10s" },
            CapAdd = ["NET_BIND_SERVICE"], // the image's executable has it, and would not start without
        };
        service.AddVolume(new Volume { Name = SettingsFile, Type = "bind", Source = $"./{SettingsFile}", Target = SettingsInContainer, ReadOnly = true });
        service.Harden($"{User}:{User}", memory: "256M", cpus: "0.5");
        service.Mount("TLS_CERTIFICATE", "TLS_KEY");
        return service;
    }
}
