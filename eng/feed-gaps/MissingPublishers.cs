namespace AppHost.Publishing;

/// <summary>Stands in for the publishers of Docker Compose and Helm, whose packages this feed does not have.</summary>
internal static class MissingPublishers
{
    public static void AddComposeFiles(this IDistributedApplicationBuilder builder, params object?[] _) => Fail("Aspire.Hosting.Docker", "compose");

    public static void AddHelmChart(this IDistributedApplicationBuilder builder, params object?[] _) => Fail("Aspire.Hosting.Kubernetes", "kubernetes");

    private static void Fail(string package, string format) => throw new DistributedApplicationException(
        $"AppHost:Deploy is {format}, and the package {package} was left out because FeedGaps is true. "
        + "Publish where the NuGet feed has it, with FeedGaps=false; or write Aspire's manifest, with --publisher manifest.");
}
