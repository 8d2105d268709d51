using AppHost.Publishing;
using Microsoft.Extensions.Configuration;

namespace AppHost;

/// <summary>The Redis that keeps the sessions: they survive its restart, and no one without its password gets in.</summary>
public static class SessionRedis
{
    /// <summary>What keeps the sessions where it is published; it outlives what is uninstalled.</summary>
    internal const string Volume = "redis-data";

    /// <summary>Whether this machine has what a Redis runs on.</summary>
    /// <param name="configuration">Names the container engine, if one has been chosen.</param>
    public static bool CanRunHere(IConfiguration configuration) =>
        ContainerEngine.Answers(configuration) || LocalRedis.FindServer() is not null;

    /// <summary>Adds Redis: what <c>AppHost:Redis</c> asks for.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="name">The resource's name, and that of the connection string.</param>
    /// <param name="options">Where it comes from, and whether Redis Insight is added, where there are containers.</param>
    /// <returns>The resource; it is healthy when it answers a PING with the password. An external one is not asked here, but by the web app.</returns>
    /// <exception cref="DistributedApplicationException">There is nothing here that could run it.</exception>
    internal static IResourceBuilder<IResourceWithConnectionString> AddSessionRedis(this IDistributedApplicationBuilder builder, string name, AppHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (options.Redis is RedisSource.External)
        {
            return builder.AddConnectionString(name);
        }

        if (builder.ExecutionContext.IsPublishMode)
        {
            return builder.AddRedis(name).WithImageTag(Published.RedisTag).WithDataVolume(Volume).WithAppendOnlyFile();
        }

        if (options.Redis is RedisSource.Container && ContainerEngine.Answers(builder.Configuration))
        {
            var redis = builder.AddRedis(name).WithDataVolume().WithAppendOnlyFile(); // a volume of this application's own name
            return options.RedisInsight ? redis.WithRedisInsight() : redis;
        }

        return LocalRedis.FindServer() is { } server
            ? builder.AddLocalRedis(name, server)
            : throw new DistributedApplicationException(
                options.Redis is RedisSource.Local
                    ? "AppHost:Redis is Local, and there is no redis-server on the PATH. Install Redis, for instance by `apt install redis-server` or "
                      + "`brew install redis`, or set AppHost:Redis to Container or External."
                    : "Redis has nothing to run on: no container engine answers, and there is no redis-server on the PATH. "
                      + "Install and start Docker or Podman, or install Redis, for instance by `apt install redis-server` or `brew install redis`.");
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
