using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost.Commands;

/// <summary>The production checklist, from the dashboard.</summary>
internal static class CheckCommand
{
    public const string Name = "check";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs <c>dotnet WebApp.dll check</c> as this replica was started, and shows what it prints.</summary>
    public static IResourceBuilder<ProjectResource> WithCheckCommand(this IResourceBuilder<ProjectResource> webApp) =>
        webApp.WithCommand(Name, "Run the checklist", context => RunAsync(webApp.Resource.GetProjectMetadata().ProjectPath, context), new CommandOptions
        {
            Description = "Examines every line of the production checklist and shows the evidence.",
            IconName = "ClipboardTaskListLtr",
            IsHighlighted = true,
        });

    private static async Task<ExecuteCommandResult> RunAsync(string project, ExecuteCommandContext context)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        timeout.CancelAfter(Patience);
        using var check = Process.Start(AsReplica(project, context))!;
        try
        {
            var report = await check.StandardOutput.ReadToEndAsync(timeout.Token);
            await check.WaitForExitAsync(timeout.Token);
            return check.ExitCode == 0
                ? CommandResults.Success("Every critical line of the checklist holds.", Shown(report))
                : CommandResults.Failure("The checklist has failures.", Shown(report));
        }
        catch (OperationCanceledException)
        {
            check.Kill(entireProcessTree: true);
            return CommandResults.Failure($"The checklist did not end within {Patience}.");
        }
    }

    private static ProcessStartInfo AsReplica(string project, ExecuteCommandContext context)
    {
        var built = typeof(CheckCommand).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        var start = new ProcessStartInfo("dotnet", ["run", "--no-build", "--no-launch-profile", "--configuration", built, "--project", project, "--", "check"])
        {
            RedirectStandardOutput = true,
        };
        if (context.Services.GetRequiredService<ResourceNotificationService>().TryGetCurrentState(context.ResourceName, out var replica))
        {
            foreach (var variable in replica.Snapshot.EnvironmentVariables)
            {
                start.Environment[variable.Name] = variable.Value;
            }
        }

        return start;
    }

    private static CommandResultData Shown(string report) => new() { Value = report, DisplayImmediately = true };
}
