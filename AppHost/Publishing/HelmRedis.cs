using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace AppHost.Publishing;

/// <summary>Redis in the chart.</summary>
internal static class HelmRedis
{
    private const string Image = $"docker.io/library/redis:{Published.RedisTag}";

    public static void Complete(this KubernetesResource redis)
    {
        var set = (StatefulSet)redis.Workload!;
        set.Spec.ServiceName = redis.Service!.Metadata.Name;
        var (pod, container) = set.Harden(Published.RedisUser, memory: "512Mi", cpu: "1");
        pod.AddSecrets(optional: false, Published.RedisPassword);
        container.Args[^1] = Published.RedisStart;
        container.StartupProbe = Ping(seconds: 2, failures: 90); // it reads its data first
        container.LivenessProbe = Ping(seconds: 10, failures: 3);
        container.ReadinessProbe = Ping(seconds: 5, failures: 2);
    }

    /// <summary>The web app refuses to start without Redis; this spares it the attempts.</summary>
    public static ContainerV1 WaitUntilHealthy()
    {
        var wait = new ContainerV1
        {
            Name = "wait-for-redis",
            Image = Image,
            Command = { "/bin/sh", "-c" },
            Args = { $"until {Published.RedisPing("redis-service")}; do sleep 1; done" },
        };
        wait.Harden(memory: "64Mi", cpu: "250m").MountSecrets();
        return wait;
    }

    private static ProbeV1 Ping(int seconds, int failures) => new()
    {
        Exec = new() { Command = { "/bin/sh", "-c", Published.RedisPing() } },
        PeriodSeconds = seconds,
        TimeoutSeconds = 3,
        FailureThreshold = failures,
    };
}
