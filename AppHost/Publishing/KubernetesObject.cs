using Aspire.Hosting.Kubernetes.Resources;

namespace AppHost.Publishing;

/// <summary>An object of a kind for which Aspire has no class, or one that writes empty fields, which Kubernetes refuses.</summary>
internal sealed class KubernetesObject : BaseKubernetesResource
{
    public KubernetesObject(string apiVersion, string kind, string name, object? spec = null)
        : base(apiVersion, kind)
    {
        Metadata.Name = name;
        Spec = spec;
    }

    public bool? AutomountServiceAccountToken { get; init; }

    public object? Spec { get; }
}
