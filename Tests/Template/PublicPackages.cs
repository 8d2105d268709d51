using Tests.AppHost;

namespace Tests.Template;

/// <summary>Whether these tests were built with all packages of the public gallery: see <c>eng/feed-gaps</c>.</summary>
internal static class PublicPackages
{
    /// <summary>Whether the NuGet feed has the publishers of Docker Compose and Helm.</summary>
    public static bool AreServed => Publishers.AreBuilt;

    /// <summary>The template's option that applications need on this feed.</summary>
    public static string[] Option => AreServed ? [] : ["--feed-gaps"];

    /// <summary>Skips the test on a feed that lacks them.</summary>
    public static void Require() =>
        Skip.IfNot(AreServed, "this NuGet feed lacks Aspire.Hosting.Docker and Aspire.Hosting.Kubernetes; the workflow Template runs this test on the public gallery");
}
