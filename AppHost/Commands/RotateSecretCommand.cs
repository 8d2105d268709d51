using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost.Commands;

/// <summary>A new application secret, from the dashboard: nobody is signed out, for the one before still verifies.</summary>
internal static class RotateSecretCommand
{
    public const string Name = "rotate-secret";

    private const string PreviousKey = "Parameters:application-secret-previous";

    public static IResourceBuilder<ProjectResource> WithRotateSecretCommand(
        this IResourceBuilder<ProjectResource> webApp, IResourceBuilder<ParameterResource> secret)
    {
        var builder = webApp.ApplicationBuilder;
        string? current = null; // the parameter keeps the value that it had at the start
        var previous = builder.ExecutionContext.IsRunMode ? builder.Configuration[PreviousKey] : null;

        return webApp
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["SECRET"] = (object?)current ?? secret.Resource;
                if (previous is not null)
                {
                    context.EnvironmentVariables["SECRET_PREVIOUS"] = previous;
                }
            })
            .WithCommand(Name, "Rotate the secret", RotateAsync, new CommandOptions
            {
                Description = "Makes a new application secret and starts the replicas with it. Sign-ins survive.",
                ConfirmationMessage = "Make a new application secret, and start all replicas again? Only who has not been here since the last rotation is signed out.",
                IconName = "KeyReset",
            });

        async Task<ExecuteCommandResult> RotateAsync(ExecuteCommandContext context)
        {
            previous = current ?? await secret.Resource.GetValueAsync(context.CancellationToken);
            current = secret.Resource.Default!.GetDefaultValue();
            Keep(builder, $"Parameters:{secret.Resource.Name}", current, previous!);
            return await context.Services.GetRequiredService<ResourceCommandService>()
                .ExecuteCommandAsync(webApp.Resource, KnownResourceCommands.RestartCommand, context.CancellationToken);
        }
    }

    /// <summary>Where the last one was kept, and only there: one that came from elsewhere is not ours to write down.</summary>
    private static void Keep(IDistributedApplicationBuilder builder, string key, string current, string previous)
    {
        var userSecrets = ((IConfigurationRoot)builder.Configuration).Providers.OfType<JsonConfigurationProvider>().Where(provider => provider.Source.Path == "secrets.json");
        if (userSecrets.Any(provider => provider.TryGet(key, out var kept) && kept == previous))
        {
            builder.UserSecretsManager.TrySetSecret(PreviousKey, previous);
            builder.UserSecretsManager.TrySetSecret(key, current);
        }
    }
}
