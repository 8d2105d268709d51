using Aspire.Hosting.Kubernetes.Resources;

namespace AppHost.Publishing;

/// <summary>What every pod here has: Kubernetes' strictest pod security standard, a bound on what it takes, and an orderly end.</summary>
internal static class HelmHardening
{
    public static (PodSpecV1 Pod, ContainerV1 Container) Harden(this Workload workload, int user, string memory, string cpu)
    {
        var pod = workload.PodTemplate.Spec;
        pod.ServiceAccountName = workload.Component();
        pod.AutomountServiceAccountToken = false;
        pod.EnableServiceLinks = false;
        pod.TerminationGracePeriodSeconds = Published.GraceSeconds;
        pod.SecurityContext = new()
        {
            RunAsNonRoot = true,
            RunAsUser = user,
            RunAsGroup = user,
            FsGroup = user,
            FsGroupChangePolicy = "OnRootMismatch",
            SeccompProfile = new() { Type = "RuntimeDefault" },
        };

        var container = pod.Containers.Single().Harden(memory, cpu);
        pod.Volumes.Add(new() { Name = "tmp", EmptyDir = new() { Medium = "Memory", SizeLimit = "64Mi" } });
        container.VolumeMounts.Add(new() { Name = "tmp", MountPath = "/tmp" });
        return (pod, container);
    }

    public static ContainerV1 Harden(this ContainerV1 container, string memory, string cpu)
    {
        container.SecurityContext = new()
        {
            AllowPrivilegeEscalation = false,
            ReadOnlyRootFilesystem = true,
            Capabilities = new() { Drop = { "ALL" } },
        };
        container.Resources = new()
        {
            Requests = { ["cpu"] = "250m", ["memory"] = memory },
            Limits = { ["cpu"] = cpu, ["memory"] = memory },
        };
        return container;
    }

    /// <summary>Not two on one machine or in one zone while another has none.</summary>
    public static void SpreadOver(this PodSpecV1 pod, Dictionary<string, string> labels, params string[] topologies) =>
        pod.TopologySpreadConstraints.AddRange(topologies.Select(topology => new TopologySpreadConstraintV1
        {
            MaxSkew = 1,
            TopologyKey = topology,
            WhenUnsatisfiable = "ScheduleAnyway", // one machine is enough to try it
            LabelSelector = new(new Dictionary<string, string>(labels)),
        }));

    /// <summary>Only those that it needs, as files.</summary>
    /// <param name="pod">Who reads them.</param>
    /// <param name="optional">Whether any of them may be missing, and with it all: Kubernetes makes no difference.</param>
    /// <param name="names">Which.</param>
    public static void AddSecrets(this PodSpecV1 pod, bool optional, params string[] names)
    {
        var secret = new SecretVolumeSourceV1 { SecretName = HelmChart.SecretName, DefaultMode = 0b100_100_000, Optional = optional ? true : null }; // r--r-----
        secret.Items.AddRange(names.Select(name => new KeyToPathV1 { Key = name, Path = name }));
        pod.Volumes.Add(new() { Name = "secrets", Secret = secret });
        pod.Containers.ForEach(MountSecrets);
    }

    public static void MountSecrets(this ContainerV1 container) =>
        container.VolumeMounts.Add(new() { Name = "secrets", MountPath = Published.SecretsFolder, ReadOnly = true });

    public static string Component(this Workload workload) => workload.Metadata.Labels["app.kubernetes.io/component"];
}
