using Aspire.Hosting.Docker.Resources;
using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost.Publishing;

/// <summary>
/// Docker Compose: a proxy that ends TLS is the only one that can be reached; behind it the web app, and behind that, on a
/// network without a way out, Redis.
/// </summary>
internal static class ComposeFiles
{
    private const string EdgeNetwork = "edge";
    private const string DataNetwork = "data";

    /// <summary>The web app believes the forwarded headers that come from here, where only the proxy and its own replicas are.</summary>
    private const string EdgeSubnet = "${EDGE_SUBNET:-172.31.253.0/24}";

    public static void AddComposeFiles(
        this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> webApp, IResourceBuilder<RedisResource>? redis, int replicas)
    {
        builder.AddDockerComposeEnvironment("compose")
            .WithProperties(compose => compose.DefaultNetworkName = DataNetwork)
            .WithDashboard(false)
            .ConfigureComposeFile(Complete)
            .ConfigureEnvFile(file => file.Remove("WEBAPP_PORT"));
        builder.Pipeline.AddStep("write-proxy-settings", context => WriteBesideAsync(context, builder.AppHostDirectory), requiredBy: WellKnownPipelineSteps.Publish);

        webApp.PublishAsDockerComposeService((_, service) =>
        {
            service.Harden($"{Published.WebAppUser}:{Published.WebAppUser}", memory: "512M", cpus: "1.0", replicas);
            service.Image = "${WEBAPP_IMAGE:?the image of the web app with its exact tag}";
            foreach (var setting in SiteSettings.All.Where(setting => !setting.IsSecret))
            {
                service.Environment[setting.Key] = $"${{{setting.Variable}:?{setting.What}}}";
            }

            service.Environment["Proxies__Trusted__0"] = EdgeSubnet;
            service.Environment["DOTNET_EnableDiagnostics"] = "0"; // its socket would want a place to write
            service.Healthcheck = webApp.Resource.ToHealthcheck();
            service.Networks = [EdgeNetwork, DataNetwork];
            service.Expose = [$"{Published.WebAppPort}"];
            service.Ports = []; // the proxy's is the site's
            service.Mount(Published.SecretsOfTheWebApp(redis is not null));
        });
        redis?.PublishAsDockerComposeService((_, service) =>
        {
            service.Harden($"{Published.RedisUser}:{Published.RedisUser}", memory: "512M", cpus: "1.0");
            service.Command = ["-c", Escape(Published.RedisStart)];
            service.Healthcheck = new() { Test = ["CMD-SHELL", Escape(Published.RedisPing())], Interval = "5s", Timeout = "3s", Retries = 3, StartPeriod = "60s" };
            service.Mount(Published.RedisPassword);
        });
    }

    private static void Complete(ComposeFile file)
    {
        file.Networks[DataNetwork].Internal = true;
        file.AddNetwork(new Network { Name = EdgeNetwork, Driver = "bridge", Ipam = new() { Config = [new() { ["subnet"] = EdgeSubnet }] } });
        file.AddService(ComposeProxy.Service(EdgeNetwork));
        foreach (var name in file.Services.Values.SelectMany(service => service.Secrets).Select(secret => secret.Source!).Distinct())
        {
            file.Secrets[name] = new() { File = $"./secrets/{name}" };
        }

        // Aspire writes that the other has started; whoever has a health check is waited for until it is well.
        foreach (var (name, dependency) in file.Services.Values.SelectMany(service => service.DependsOn))
        {
            dependency.Condition = file.Services[name].Healthcheck is null ? dependency.Condition : "service_healthy";
        }
    }

    /// <summary>The probe that decides about requests decides here too. The image has neither a shell nor curl.</summary>
    private static Healthcheck ToHealthcheck(this IResource webApp)
    {
        var (ready, startup) = (webApp.Probe(ProbeType.Readiness), webApp.Probe(ProbeType.Startup));
        return new()
        {
            Test = ["CMD", "dotnet", "/app/WebApp.dll", "probe", $"http://127.0.0.1:{Published.WebAppPort}{ready.Path}"],
            Interval = $"{ready.PeriodSeconds}s",
            Timeout = $"{ready.TimeoutSeconds}s",
            Retries = ready.FailureThreshold,
            StartPeriod = $"{startup.PeriodSeconds * startup.FailureThreshold}s",
        };
    }

    /// <summary>For Compose a dollar begins a variable of its own.</summary>
    private static string Escape(string script) => script.Replace("$", "$$", StringComparison.Ordinal);

    private static async Task WriteBesideAsync(PipelineStepContext context, string appHost)
    {
        var folder = context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory();
        var secrets = Directory.CreateDirectory(Path.Combine(folder, "secrets")).FullName;
        await File.WriteAllTextAsync(Path.Combine(secrets, ".gitignore"), "*\n", context.CancellationToken);
        File.Copy(Path.Combine(appHost, "Publishing", ComposeProxy.SettingsFile), Path.Combine(folder, ComposeProxy.SettingsFile), overwrite: true);
    }
}
