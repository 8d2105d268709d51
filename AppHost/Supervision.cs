using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AppHost;

/// <summary>Watches a local process that everything else waits for.</summary>
internal static class Supervision
{
    /// <summary>Ends the AppHost when the process does not start, and starts the process again when it crashes later.</summary>
    /// <remarks>A process that was stopped, on the dashboard or in order, stays stopped.</remarks>
    public static IResourceBuilder<T> Supervised<T>(this IResourceBuilder<T> builder)
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
        bool? healthy = null; // since the last start; null before the first
        await foreach (var change in services.GetRequiredService<ResourceNotificationService>().WatchAsync(host.ApplicationStopping))
        {
            if (change.Resource != resource)
            {
                continue;
            }

            var ended = KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text);
            if (ended && healthy is null)
            {
                Console.Error.WriteLine($"{resource.Name} did not start. {await LastLineAsync(resource, services)}");
                Environment.ExitCode = 1;
                host.StopApplication();
                return;
            }

            if (ended && healthy is true && change.Snapshot.ExitCode is not 0)
            {
                healthy = false;
                await services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, host.ApplicationStopping);
            }
            else if (!ended && change.Snapshot.HealthStatus is HealthStatus.Healthy)
            {
                healthy = true;
            }
        }
    }

    private static async Task<string> LastLineAsync(IResource resource, IServiceProvider services)
    {
        var last = "It wrote no log.";
        await foreach (var lines in services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resource))
        {
            last = lines.Select(line => line.Content.Trim()).LastOrDefault(line => line.Length > 0, last);
        }

        return last;
    }
}
