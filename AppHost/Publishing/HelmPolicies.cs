using Aspire.Hosting.Kubernetes.Resources;

namespace AppHost.Publishing;

/// <summary>How many there are, what may interrupt them, who may speak with them, and what they may do in the cluster: nothing.</summary>
internal static class HelmPolicies
{
    private static readonly string[] Incoming = ["Ingress"];
    private static readonly string[] BothWays = ["Ingress", "Egress"];

    public static IEnumerable<BaseKubernetesResource> OfTheWebApp(Deployment deployment, int replicas) =>
    [
        Account(deployment),
        new KubernetesObject("policy/v1", "PodDisruptionBudget", "webapp-disruption", new
        {
            maxUnavailable = 1,
            selector = new { matchLabels = Labels(deployment) },
        }),
        new KubernetesObject("autoscaling/v2", "HorizontalPodAutoscaler", "webapp-scale", new
        {
            scaleTargetRef = new { apiVersion = deployment.ApiVersion, kind = deployment.Kind, name = deployment.Metadata.Name },
            minReplicas = replicas,
            maxReplicas = 5 * replicas,
            metrics = new[] { new { type = "Resource", resource = new { name = "cpu", target = new { type = "Utilization", averageUtilization = 80 } } } },
        }),
        new KubernetesObject("networking.k8s.io/v1", "NetworkPolicy", "webapp-network", new
        {
            podSelector = new { matchLabels = Labels(deployment) },
            policyTypes = Incoming,
            ingress = new[] { new { ports = new[] { new { port = Published.WebAppPort } } } },
        }),
    ];

    /// <summary>Redis hears the web app and nobody else, and speaks to nobody.</summary>
    public static IEnumerable<BaseKubernetesResource> OfRedis(Workload redis)
    {
        var webApp = new Dictionary<string, string>(redis.Metadata.Labels) { ["app.kubernetes.io/component"] = "webapp" };
        return
        [
            Account(redis),
            new KubernetesObject("networking.k8s.io/v1", "NetworkPolicy", "redis-network", new
            {
                podSelector = new { matchLabels = Labels(redis) },
                policyTypes = BothWays,
                ingress = new[] { new { from = new[] { new { podSelector = new { matchLabels = webApp } } }, ports = new[] { new { port = 6379 } } } },
            }),
        ];
    }

    /// <summary>Not the same object: YAML would show a reference to it.</summary>
    private static Dictionary<string, string> Labels(Workload workload) => new(workload.Metadata.Labels);

    private static KubernetesObject Account(Workload workload) =>
        new("v1", "ServiceAccount", workload.Component()) { AutomountServiceAccountToken = false };
}
