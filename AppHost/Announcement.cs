namespace AppHost;

/// <summary>Prints where the site is, and what keeps its sessions, when the site can be used.</summary>
internal static class Announcement
{
    /// <summary>Prints both when a replica has become ready for the first time.</summary>
    public static IResourceBuilder<ProjectResource> Announced(
        this IResourceBuilder<ProjectResource> webApp, IResourceBuilder<IResourceWithConnectionString> redis)
    {
        var announced = 0;
        return webApp.OnResourceReady((_, _, _) =>
        {
            if (Interlocked.Exchange(ref announced, 1) == 0)
            {
                Console.WriteLine($"sessions: {Describe(redis.Resource)}");
                Console.WriteLine($"web app: {webApp.GetEndpoint("http").Url}");
            }

            return Task.CompletedTask;
        });
    }

    private static string Describe(IResource redis) => redis switch
    {
        LocalRedisResource { Name: LocalRedis.GarnetName } garnet =>
            $"in Garnet, a Redis for development, because no container engine and no redis-server runs here; data in {garnet.WorkingDirectory}",
        LocalRedisResource server => $"in {server.Command}; data in {server.WorkingDirectory}",
        RedisResource => "in a Redis container; data in a volume",
        _ => $"in the Redis of ConnectionStrings:{SessionRedis.ConnectionName}",
    };
}
