using Aspire.Hosting.Kubernetes.Resources;

namespace AppHost.Publishing;

/// <summary>A Helm chart: the web app as a deployment, Redis as a stateful set with a volume claim.</summary>
/// <remarks>
/// The chart has no secrets, not even as values, which Helm would keep in the cluster: both read the secret
/// <see cref="SecretName"/>, which is made once, by whoever may know it.
/// </remarks>
internal static class HelmChart
{
    public const string SecretName = "site-secrets";

    /// <summary>A pod reads its settings when it starts, and Kubernetes starts no other because they have changed.</summary>
    private const string ChecksumOfTheSettings = "{{ include (print .Template.BasePath `/webapp/config.yaml`) . | sha256sum }}";

    public static void AddHelmChart(
        this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> webApp, IResourceBuilder<RedisResource>? redis, int replicas)
    {
        var environment = builder.AddKubernetesEnvironment("kubernetes")
            .WithDashboard(false)
            .WithHelm(helm => helm
                .WithChartName("site")
                .WithChartDescription("A web app and the Redis that keeps its sessions.")
                .WithChartVersion(typeof(HelmChart).Assembly.GetName().Version!.ToString(fieldCount: 3)));

        webApp.WithEnvironment(context =>
        {
            foreach (var setting in SiteSettings.All)
            {
                context.EnvironmentVariables.Remove(setting.Key); // would be asked for now, and is when it is installed
            }
        });
        foreach (var parameter in builder.Resources.OfType<ParameterResource>().ToArray())
        {
            builder.Resources.Remove(parameter); // none is in use, and Aspire would keep their values in the user's profile
        }

        foreach (var wait in webApp.Resource.Annotations.OfType<WaitAnnotation>().Where(wait => wait.Resource is ParameterResource).ToArray())
        {
            webApp.Resource.Annotations.Remove(wait); // the address of an external Redis is a parameter too, and would be found through this
        }

        webApp.PublishAsKubernetesService(kubernetes =>
        {
            var deployment = (Deployment)kubernetes.Workload!;
            deployment.Spec.Replicas = null; // the autoscaler's to say: Helm would refuse to take the number from it, or set it back
            deployment.Spec.Strategy.RollingUpdate.MaxUnavailable = 0; // the next one is ready before one goes
            deployment.Spec.Template.Metadata.Annotations["checksum/config"] = ChecksumOfTheSettings; // other settings are other pods
            var (pod, container) = deployment.Harden(Published.WebAppUser, memory: "512Mi", cpu: "1");
            pod.SpreadOver(deployment.Metadata.Labels, "kubernetes.io/hostname", "topology.kubernetes.io/zone");

            // The previous secret is there only during a rotation; without the others the web app does not start, and says why.
            pod.AddSecrets(optional: true, [Published.PreviousSecret, .. Published.SecretsOfTheWebApp(redis is not null)]);
            if (redis is not null)
            {
                pod.InitContainers.Add(HelmRedis.WaitUntilHealthy());
            }

            container.Image = ImageOfThisVersion(container.Image);
            container.Env.Add(new() { Name = "DOTNET_EnableDiagnostics", Value = "0" }); // its socket would want a place to write
            foreach (var probe in new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe })
            {
                probe!.HttpGet!.Scheme = "HTTP"; // Aspire writes it in lower case, which Kubernetes refuses
            }

            foreach (var setting in SiteSettings.All.Where(setting => !setting.IsSecret))
            {
                kubernetes.ConfigMap!.Data[setting.Key] = Required(setting.Value, setting.What);
            }

            kubernetes.ConfigMap!.Data["Proxies__Trusted__0"] = Required("trustedProxy", "the address or network of the ingress that ends TLS");
            kubernetes.AdditionalResources.AddRange(HelmPolicies.OfTheWebApp(deployment, replicas));
        });
        redis?.WithPersistentVolume(environment.AddPersistentVolume(SessionRedis.Volume).WithVolumeAnnotation("helm.sh/resource-policy", "keep"));
        redis?.PublishAsKubernetesService(kubernetes =>
        {
            kubernetes.Complete();
            kubernetes.AdditionalResources.AddRange(HelmPolicies.OfRedis(kubernetes.Workload!));
        });
    }

    /// <summary>In back quotes: YAML would escape double ones, and Helm, which reads a template first, knows no escapes outside of a string.</summary>
    private static string Required(string value, string what) => $"{{{{ required `Set {value} to {what}.` .Values.{value} }}}}";

    /// <summary>Aspire's value for the image ends in <c>:latest</c>, which is another image every day; the chart's version is not.</summary>
    private static string ImageOfThisVersion(string image) =>
        image.Replace("}}", "| replace `:latest` (print `:` .Chart.AppVersion) }}", StringComparison.Ordinal);
}
