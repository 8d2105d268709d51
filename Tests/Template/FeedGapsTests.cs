using Aspire.Hosting.Testing;
using Tests.Parts;

namespace Tests.Template;

/// <summary>What a NuGet feed lacks is named where it is missed: see <c>eng/feed-gaps</c>.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class FeedGapsTests
{
    [SkippableTheory]
    [InlineData("compose", "Aspire.Hosting.Docker")]
    [InlineData("kubernetes", "Aspire.Hosting.Kubernetes")]
    public async Task A_publisher_without_its_package_names_it(string format, string package)
    {
        Skip.If(PublicPackages.AreServed, "this NuGet feed has all packages");

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--operation", "publish", "--step", "publish", "--output-path", Path.GetTempPath(), "--AppHost:Deploy", format]));

        Assert.Contains($"AppHost:Deploy is {format}, and the package {package} was left out because FeedGaps is true.", refused.ToString(), StringComparison.Ordinal);
    }
}
