namespace AppHost;

/// <summary>Hands the site's settings over.</summary>
internal static class SiteSettingParameters
{
    /// <summary>As parameters, when published. On a developer's machine the web app does without, or has them of its own.</summary>
    public static IResourceBuilder<ProjectResource> WithSiteSettings(this IResourceBuilder<ProjectResource> webApp)
    {
        var builder = webApp.ApplicationBuilder;
        foreach (var setting in builder.ExecutionContext.IsPublishMode ? SiteSettings.All : [])
        {
            webApp.WithEnvironment(setting.Key, builder.AddParameter(setting.Name, setting.IsSecret));
        }

        return webApp;
    }
}
