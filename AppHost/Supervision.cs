using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AppHost;

/// <summary>Watches a local process that everything else waits for.</summary>
internal static partial class Supervision
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
                Environment.Exit(1); // the orchestrator ends what it has started; stopping a host that is still starting would log exceptions
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

    /// <summary>The last line that the process itself wrote, without the time and the marks of a log.</summary>
    private static async Task<string> LastLineAsync(IResource resource, IServiceProvider services)
    {
        var last = "It wrote no log.";
        for (var attempt = 0; attempt < 20 && last == "It wrote no log."; attempt++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100)); // the log arrives after the news of the end
            await foreach (var lines in services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resource))
            {
                last = lines.Select(line => Prefix().Replace(line.Content, "").Trim()).LastOrDefault(line => line.Length > 0 && !line.StartsWith("[sys]", StringComparison.Ordinal), last);
            }
        }

        return last;
    }

    [GeneratedRegex(@"^(?:\S+T\S+Z )?(?:\d+:[A-Z] .*? [#*] )?")]
    private static partial Regex Prefix();
}
