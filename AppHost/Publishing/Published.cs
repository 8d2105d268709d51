namespace AppHost.Publishing;

/// <summary>What Compose and Kubernetes files have in common.</summary>
internal static class Published
{
    /// <summary>Where the web app listens in its container, as in all of Microsoft's images.</summary>
    public const int WebAppPort = 8080;

    /// <summary>The user <c>app</c> of Microsoft's images.</summary>
    public const int WebAppUser = 1654;

    /// <summary>The user <c>redis</c> of the image.</summary>
    public const int RedisUser = 999;

    /// <summary>An exact version: the next deployment is the one that was tested.</summary>
    public const string RedisTag = "8.6.7";

    /// <summary>The reverse proxy of a site on Compose, and of the AppHost's own when it is asked for.</summary>
    public const string ProxyImage = "docker.io/library/caddy";

    /// <inheritdoc cref="RedisTag"/>
    public const string ProxyTag = "2.11.7";

    /// <summary>Above <c>Monitoring:DrainDelay</c> (5 s) and the host's 30 s for requests under way.</summary>
    public const int GraceSeconds = 40;

    /// <summary>Files, mounted in <see cref="SecretsFolder"/>, that the web app reads as settings of these names.</summary>
    public const string ApplicationSecret = "SECRET";

    /// <inheritdoc cref="ApplicationSecret"/>
    public const string PreviousSecret = "SECRET_PREVIOUS";

    /// <inheritdoc cref="ApplicationSecret"/>
    public const string RedisPassword = "REDIS_PASSWORD";

    /// <summary>The address of an external Redis, which has the password in it.</summary>
    public const string RedisUrl = "REDIS_URL";

    /// <summary>Where container platforms mount secrets.</summary>
    public const string SecretsFolder = "/run/secrets";

    /// <summary>
    /// Redis reads its settings from its standard input: an argument would show the password in the list of processes, and a
    /// file would need a place to write. Without a password it does not start, for then it would let everybody in.
    /// Sessions are never evicted: a full Redis refuses, and the site says so.
    /// </summary>
    public const string RedisStart = $"""
        set -eu
        password=$(cat {SecretsFolder}/{RedisPassword})
        [ -n "$password" ]
        exec redis-server - <<END
        requirepass "$password"
        dir /data
        appendonly yes
        save ""
        maxmemory 384mb
        maxmemory-policy noeviction
        END
        """;

    /// <summary>Asks Redis with the password, which is in no argument here either. It is healthy when the data is loaded.</summary>
    /// <param name="host">Which Redis; this container's own by default.</param>
    public static string RedisPing(string host = "127.0.0.1") =>
        $"REDISCLI_AUTH=$(cat {SecretsFolder}/{RedisPassword}) redis-cli -h {host} ping | grep -q PONG";

    /// <summary>
    /// Keeps secrets out of the environment, which every child process and every error report may show: they are mounted.
    /// What Redis and the web app would get there, and with it the settings file for its values, is gone.
    /// </summary>
    public static void MountsItsSecrets(this IResourceBuilder<ProjectResource> webApp, IResourceBuilder<RedisResource>? redis)
    {
        redis?.WithPassword(null); // the one that Aspire would make, and keep in the user's profile, is in no use
        webApp.WithEnvironment(context =>
        {
            foreach (var name in context.EnvironmentVariables.Keys.Where(IsSecret).ToArray())
            {
                context.EnvironmentVariables.Remove(name);
            }

            if (redis is not null)
            {
                context.EnvironmentVariables["ConnectionStrings__redis"] = redis.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort);
            }
        });
    }

    /// <summary>The files that the web app needs.</summary>
    /// <param name="hasRedis">Whether Redis is published with it; an external one has an address of its own.</param>
    public static string[] SecretsOfTheWebApp(bool hasRedis) =>
        [ApplicationSecret, hasRedis ? RedisPassword : RedisUrl, .. SiteSettings.All.Where(setting => setting.IsSecret).Select(setting => setting.Key)];

    private static bool IsSecret(string name) =>
        name is ApplicationSecret or "ConnectionStrings__redis" || name.StartsWith("REDIS_", StringComparison.Ordinal)
        || SiteSettings.All.Any(setting => setting.IsSecret && setting.Key == name);
}
