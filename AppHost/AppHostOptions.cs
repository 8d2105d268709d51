using Microsoft.Extensions.Configuration;

namespace AppHost;

/// <summary>What can be chosen without a change of code. Configuration section <c>AppHost</c>.</summary>
internal sealed class AppHostOptions
{
    private const int MostReplicas = 20;

    /// <summary>Where the web app's Redis comes from. Default <see cref="RedisSource.Container"/>.</summary>
    public RedisSource Redis { get; init; }

    /// <summary>How many processes of the web app. Default 2, so that nothing can rely on one process's memory; 1 to 20.</summary>
    public int Replicas { get; init; } = 2;

    /// <summary>What `aspire publish` writes. Default <see cref="DeploymentFormat.Compose"/>.</summary>
    public DeploymentFormat Deploy { get; init; } = DeploymentFormat.Compose;

    /// <summary>Adds a reverse proxy in front while developing: requests come as they will in production. Default false.</summary>
    public bool Proxy { get; init; }

    /// <summary>Adds Redis Insight, which shows what is in Redis; needs a container engine. Default false.</summary>
    public bool RedisInsight { get; init; }

    /// <summary>Reads and checks them.</summary>
    /// <exception cref="DistributedApplicationException">A value is out of its range.</exception>
    public static AppHostOptions From(IConfiguration configuration)
    {
        var options = configuration.GetSection("AppHost").Get<AppHostOptions>() ?? new();
        return options.Replicas is >= 1 and <= MostReplicas
            ? options
            : throw new DistributedApplicationException($"AppHost:Replicas is {options.Replicas}. Set it to a number from 1 to {MostReplicas}.");
    }
}

/// <summary>Where Redis comes from.</summary>
internal enum RedisSource
{
    /// <summary>A container; in development without a container engine the <c>redis-server</c> on the PATH, else Garnet.</summary>
    Container,

    /// <summary>In development the <c>redis-server</c> on the PATH, else Garnet, also where a container engine runs; a container when published.</summary>
    Local,

    /// <summary>An existing Redis, which the AppHost neither starts nor publishes: <c>ConnectionStrings:redis</c>.</summary>
    External,
}

/// <summary>What `aspire publish` writes, beside the manifest.</summary>
internal enum DeploymentFormat
{
    /// <summary>Files for Docker Compose.</summary>
    Compose,

    /// <summary>A Helm chart.</summary>
    Kubernetes,

    /// <summary>Nothing.</summary>
    None,
}
