namespace AppHost.Publishing;

/// <summary>What `aspire publish` writes.</summary>
internal static class DeploymentFiles
{
    /// <summary>Publishes the web app and its Redis in the way that is asked for; the manifest describes them as they are.</summary>
    /// <param name="webApp">The web app.</param>
    /// <param name="redis">Its Redis.</param>
    /// <param name="options">Says what is asked for.</param>
    public static void WithDeployment(
        this IResourceBuilder<ProjectResource> webApp, IResourceBuilder<IResourceWithConnectionString> redis, AppHostOptions options)
    {
        var builder = webApp.ApplicationBuilder;
        if (!builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        webApp
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", "Production")
            .WithEndpoint("http", endpoint => endpoint.TargetPort = Published.WebAppPort);
        if (options.Deploy is DeploymentFormat.None || builder.Configuration["Pipeline:Step"] == "publish-manifest")
        {
            return;
        }

        var container = redis.Resource is RedisResource resource ? builder.CreateResourceBuilder(resource) : null; // none when it is external
        webApp.MountsItsSecrets(container);
        if (options.Deploy is DeploymentFormat.Compose)
        {
            builder.AddComposeFiles(webApp, container, options.Replicas);
        }
        else
        {
            builder.AddHelmChart(webApp, container, options.Replicas);
        }
    }
}
