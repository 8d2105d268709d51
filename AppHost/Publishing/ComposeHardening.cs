using Aspire.Hosting.Docker.Resources.ComposeNodes;

namespace AppHost.Publishing;

/// <summary>What every service here has: no more rights than it needs, a bound on what it takes, and an orderly end.</summary>
internal static class ComposeHardening
{
    public static void Harden(this Service service, string user, string memory, string cpus, int replicas = 1)
    {
        service.User = user;
        service.ReadOnly = true;
        service.Tmpfs = ["/tmp:size=64m,mode=1777"];
        service.CapDrop = ["ALL"];
        service.SecurityOpt = ["no-new-privileges:true"];
        service.Restart = "unless-stopped";
        service.StopGracePeriod = $"{Published.GraceSeconds}s";
        service.Deploy = new() { Replicas = replicas, Resources = new() { Limits = new() { Memory = memory, Cpus = cpus } } };
    }

    /// <summary>As files of these names in <see cref="Published.SecretsFolder"/>.</summary>
    public static void Mount(this Service service, params string[] secrets) =>
        service.Secrets = [.. secrets.Select(name => new Aspire.Hosting.Docker.Resources.ServiceNodes.SecretReference { Source = name, Target = name })];
}
