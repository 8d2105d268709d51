using AppHost.Publishing;

namespace AppHost;

/// <summary>The Redis that keeps the sessions: they survive its restart, and no one without its password gets in.</summary>
internal static class SessionRedis
{
    /// <summary>The name of the connection string, whatever the resource behind it.</summary>
    public const string ConnectionName = "redis";

    /// <summary>What keeps the sessions where it is published; it outlives what is uninstalled.</summary>
    public const string Volume = "redis-data";

    /// <summary>Adds the Redis that <c>AppHost:Redis</c> asks for.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="options">Its source, and whether Redis Insight is added where there are containers.</param>
    /// <returns>The resource. It is healthy when a PING with the password succeeds; the web app checks an external one.</returns>
    public static IResourceBuilder<IResourceWithConnectionString> AddSessionRedis(this IDistributedApplicationBuilder builder, AppHostOptions options)
    {
        if (options.Redis is RedisSource.External)
        {
            return builder.AddConnectionString(ConnectionName);
        }

        if (builder.ExecutionContext.IsPublishMode)
        {
            return builder.AddRedis(ConnectionName).WithImageTag(Published.RedisTag).WithDataVolume(Volume).WithAppendOnlyFile();
        }

        if (options.Redis is RedisSource.Container && ContainerEngine.Answers(builder.Configuration))
        {
            var redis = builder.AddRedis(ConnectionName).WithDataVolume().WithAppendOnlyFile(); // a volume of this application's own name
            return options.RedisInsight ? redis.WithRedisInsight() : redis;
        }

        return builder.AddLocalRedis();
    }

    /// <summary>
    /// Every write is on disk within a second; a snapshot alone loses what came after it. And the server takes the place of
    /// the shell that starts it, which would keep the signal to stop from it: it would be killed, after ten seconds.
    /// </summary>
    private static IResourceBuilder<RedisResource> WithAppendOnlyFile(this IResourceBuilder<RedisResource> redis) =>
        redis.WithArgs(context =>
        {
            if (context.ExecutionContext.IsRunMode)
            {
                context.Args.Insert(0, "exec");
                context.Args.Add("--appendonly");
                context.Args.Add("yes");
            }
            else
            {
                // Here the arguments are `-c` and one command line for the shell, which would drop what follows it.
                context.Args[^1] = $"exec {context.Args[^1]} --appendonly yes";
            }
        });
}
