using System.Text.RegularExpressions;
using Tests.Parts;

namespace Tests.Docs;

/// <summary>The map is that of the land.</summary>
public sealed partial class ArchitectureTests
{
    [Fact]
    public void The_way_of_a_request_is_told_step_by_step_in_the_order_of_the_pipeline()
    {
        var real = Call().Matches(File.ReadAllText(Path.Combine(Repository.Root, "ServiceDefaults", "RequestPipeline.cs"))).Select(call => call.Groups[1].Value);
        var told = Page.All.Single(page => page.Path == "docs/architecture.md").Lines.Select(line => Step().Match(line)).Where(step => step.Success).Select(step => step.Groups[1].Value);

        Assert.Equal(real, told);
    }

    [GeneratedRegex(@"^\s+app\.(Use\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Call();

    [GeneratedRegex(@"^\| `(Use\w+)` \|")]
    private static partial Regex Step();
}
