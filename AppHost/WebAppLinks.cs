namespace AppHost;

/// <summary>What a developer opens, one click from the dashboard.</summary>
internal static class WebAppLinks
{
    public static IResourceBuilder<ProjectResource> WithLinks(this IResourceBuilder<ProjectResource> webApp) => webApp
        .WithIconName("Globe")
        .WithUrlForEndpoint("http", url => url.DisplayText = "site")
        .WithUrlForEndpoint("http", _ => new() { Url = "/status", DisplayText = "status" })
        .WithUrlForEndpoint("http", _ => new() { Url = "/checklist", DisplayText = "checklist" });
}
