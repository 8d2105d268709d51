using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AppHost;

/// <summary>Ends the AppHost when a resource that everything waits for fails to start, instead of waiting forever.</summary>
internal static class RequiredStart
{
    /// <summary>Prints the resource's last words and exits with 1, unless it becomes healthy once. Later failures show on the dashboard.</summary>
    public static IResourceBuilder<T> StopsTheAppHostUnlessItStarts<T>(this IResourceBuilder<T> builder)
        where T : IResource
    {
        Task? watch = null;
        return builder.OnBeforeResourceStarted((resource, started, _) =>
        {
            watch ??= WatchAsync(resource, started.Services);
            return Task.CompletedTask;
        });
    }

    private static async Task WatchAsync(IResource resource, IServiceProvider services)
    {
        var host = services.GetRequiredService<IHostApplicationLifetime>();
        await foreach (var change in services.GetRequiredService<ResourceNotificationService>().WatchAsync(host.ApplicationStopping))
        {
            if (change.Resource != resource)
            {
                continue;
            }

            if (change.Snapshot.HealthStatus is HealthStatus.Healthy)
            {
                return;
            }

            if (KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text))
            {
                var log = services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resource);
                var lines = await log.SelectMany(batch => batch.ToAsyncEnumerable()).Select(line => line.Content.Trim()).Where(line => line.Length > 0).ToListAsync();
                Console.Error.WriteLine($"{resource.Name} did not start. {lines.LastOrDefault("It wrote no log.")}");
                Environment.ExitCode = 1;
                host.StopApplication();
                return;
            }
        }
    }
}
