using StackExchange.Redis;

namespace AppHost.Commands;

/// <summary>Signs everybody out, from the dashboard.</summary>
internal static class EndSessionsCommand
{
    public const string Name = "end-sessions";

    /// <summary>As <c>ServiceDefaults</c> names them: application, kind, id.</summary>
    private const string Sessions = "*:session:*";

    /// <summary>Not with a Redis from elsewhere: it may hold the sessions of other applications, too.</summary>
    public static IResourceBuilder<ProjectResource> WithEndSessionsCommand(
        this IResourceBuilder<ProjectResource> webApp, IResourceBuilder<IResourceWithConnectionString> redis, AppHostOptions options) =>
        options.Redis is RedisSource.External ? webApp : webApp.WithCommand(Name, "End all sessions", context => EndAsync(redis.Resource, context.CancellationToken), new CommandOptions
        {
            Description = "Everybody is signed out, and what they had in their sessions is gone.",
            ConfirmationMessage = "End every session? Everybody is signed out, and it cannot be undone.",
            IconName = "PersonProhibited",
        });

    private static async Task<ExecuteCommandResult> EndAsync(IResourceWithConnectionString redis, CancellationToken cancellationToken)
    {
        var address = await redis.GetConnectionStringAsync(cancellationToken) ?? "";
        await using var connection = await ConnectionMultiplexer.ConnectAsync(address);
        var ended = 0L;
        foreach (var server in connection.GetServers())
        {
            await foreach (var key in server.KeysAsync(pattern: Sessions, pageSize: 1000).WithCancellation(cancellationToken))
            {
                ended += await connection.GetDatabase().KeyDeleteAsync(key) ? 1 : 0;
            }
        }

        return CommandResults.Success($"{ended} sessions were ended.");
    }
}
