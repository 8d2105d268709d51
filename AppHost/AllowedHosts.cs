namespace AppHost;

/// <summary>Under which host names the web app answers.</summary>
internal static class AllowedHosts
{
    /// <summary>
    /// Asked for when published, because the web app does not start in Production without it: names separated by semicolons.
    /// On a developer's machine every host is served.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithAllowedHosts(this IResourceBuilder<ProjectResource> webApp)
    {
        var builder = webApp.ApplicationBuilder;
        return builder.ExecutionContext.IsPublishMode
            ? webApp.WithEnvironment("AllowedHosts", builder.AddParameter("allowed-hosts"))
            : webApp;
    }
}
