using Microsoft.Extensions.DependencyInjection;

namespace AppHost.Commands;

/// <summary>What a replica was started with.</summary>
internal static class ReplicaEnvironment
{
    public static IEnumerable<(string Name, string Value)> EnvironmentOfTheReplica(this ExecuteCommandContext context) =>
        context.Services.GetRequiredService<ResourceNotificationService>().TryGetCurrentState(context.ResourceName, out var state)
            ? state.Snapshot.EnvironmentVariables.Where(variable => variable.Value is not null).Select(variable => (variable.Name, variable.Value!))
            : [];
}
