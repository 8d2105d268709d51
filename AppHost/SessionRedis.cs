namespace AppHost;

/// <summary>The Redis that keeps the sessions: they survive its restart, and no one without its password gets in.</summary>
internal static class SessionRedis
{
    /// <summary>Adds Redis: a container where an engine runs containers, and always when published; else a local server.</summary>
    /// <exception cref="DistributedApplicationException">There is nothing here that could run it.</exception>
    public static IResourceBuilder<IResourceWithConnectionString> AddSessionRedis(this IDistributedApplicationBuilder builder, string name)
    {
        if (builder.ExecutionContext.IsPublishMode || ContainerEngine.Answers(builder.Configuration))
        {
            return builder.AddRedis(name).WithDataVolume().WithAppendOnlyFile();
        }

        return LocalRedis.FindServer() is { } server
            ? builder.AddLocalRedis(name, server)
            : throw new DistributedApplicationException(
                "Redis has nothing to run on: no container engine answers, and there is no redis-server on the PATH. "
                + "Install and start Docker or Podman, or install Redis, for instance by `apt install redis-server` or `brew install redis`.");
    }

    /// <summary>Every write is on disk within a second; a snapshot alone loses what came after it.</summary>
    private static IResourceBuilder<RedisResource> WithAppendOnlyFile(this IResourceBuilder<RedisResource> redis) =>
        redis.WithArgs(context =>
        {
            if (context.ExecutionContext.IsRunMode)
            {
                context.Args.Add("--appendonly");
                context.Args.Add("yes");
            }
            else
            {
                // Here the arguments are `-c` and one command line for the shell, which would drop what follows it.
                context.Args[^1] = $"{context.Args[^1]} --appendonly yes";
            }
        });
}
