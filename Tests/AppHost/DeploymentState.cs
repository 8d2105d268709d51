using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

#pragma warning disable ASPIREPIPELINES002 // Aspire may change the interface of this state.

namespace Tests.AppHost;

/// <summary>Records the values that Aspire saves when it publishes: by default in the user's profile, as plain text.</summary>
internal sealed class DeploymentState : IDeploymentStateManager
{
    /// <summary>The names of these values.</summary>
    public List<string> Saved { get; } = [];

    public string? StateFilePath => null;

    public Task<DeploymentStateSection> AcquireSectionAsync(string sectionName, CancellationToken cancellationToken = default) =>
        Task.FromResult(new DeploymentStateSection(sectionName, data: null, version: 0));

    public Task SaveSectionAsync(DeploymentStateSection section, CancellationToken cancellationToken = default)
    {
        Saved.Add(section.SectionName);
        return Task.CompletedTask;
    }

    public Task DeleteSectionAsync(DeploymentStateSection section, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task ClearAllStateAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}

/// <summary>Replaces the state in the user's profile.</summary>
internal static class DeploymentStateRegistration
{
    public static void SaveStateIn(this IDistributedApplicationTestingBuilder builder, DeploymentState state) =>
        builder.Services.AddSingleton<IDeploymentStateManager>(state);
}
