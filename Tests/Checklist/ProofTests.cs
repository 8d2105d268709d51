using System.Text.RegularExpressions;
using ServiceDefaults.Checklist;
using Tests.Parts;

namespace Tests.Checklist;

/// <summary>No line and no item without a test, and the README's table says which.</summary>
public sealed partial class ProofTests
{
    private static readonly string[] Ids = [.. new CheckedShop(new RedisServer()).Items().Select(item => item.Id).Order(StringComparer.Ordinal)];
    private static readonly string[] Readme = File.ReadAllLines(Path.Combine(Repository.Root, "README.md"));

    public static TheoryData<string> Lines => [.. Proofs.OfLines.Keys];

    [Fact]
    public void Every_item_belongs_to_one_line_of_the_guides() =>
        Assert.Equal(Ids, Proofs.OfLines.Values.SelectMany(items => items).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_item_has_tests_that_prove_it()
    {
        Assert.Equal(Ids, Proofs.OfItems.Keys.Order(StringComparer.Ordinal));
        Assert.All(Proofs.OfItems, proof => Assert.All(proof.Value, type => Assert.Contains(
            type.GetMethods(), method => method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0)));
    }

    [Fact]
    public void Only_a_critical_item_reports_settings_whose_refusal_stops_the_start() =>
        Assert.All(new CheckedShop(new RedisServer()).Items().Where(item => item.Options is not null), item => Assert.Equal(Severity.Critical, item.Severity));

    /// <summary>OWASP ASVS 5.0, as far as this solution answers it by something that can be examined before it listens.</summary>
    [Theory]
    [InlineData("2.4.1", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.5", "3.4.1", "3.4.2", "3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.4.8", "3.5.1")]
    [InlineData("4.1.2", "4.1.3", "4.3.1", "7.2.3", "7.2.4", "7.3.1", "7.3.2", "7.4.1", "7.4.5", "7.5.2", "8.2.1", "12.3.1", "13.2.3", "13.3.1", "13.3.4")]
    [InlineData("13.4.2", "13.4.5", "13.4.6", "14.2.5", "14.3.1", "14.3.2", "15.3.4", "16.3.1", "16.3.2", "16.5.3")]
    public void Every_requirement_is_answered_by_an_item(params string[] requirements) =>
        Assert.Empty(requirements.Except(new CheckedShop(new RedisServer()).Items().SelectMany(item => item.Asvs)));

    [Fact]
    public void Every_section_has_a_page_in_docs() =>
        Assert.All(Ids.Select(id => id.Split('.')[0]).Distinct(), section => Assert.True(File.Exists(Path.Combine(Repository.Root, "docs", section + ".md")), section));

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_readme_names_every_line_with_its_page_and_its_tests(string line)
    {
        var row = Assert.Single(Readme, text => text.StartsWith($"| {line} |", StringComparison.Ordinal));
        var sources = TestLink().Matches(row).Select(link => Path.Combine(Repository.Root, link.Groups[1].Value))
            .SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories) : [path])
            .Select(File.ReadAllText).ToArray();

        Assert.Contains($"(docs/{Proofs.OfLines[line][0].Split('.')[0]}.md)", row, StringComparison.Ordinal);
        var proving = Proofs.OfLines[line].SelectMany(item => Proofs.OfItems[item]).Distinct().Where(type => type != typeof(MutationTests)); // which has one for each item
        Assert.All(proving, type => Assert.Contains(sources, source => source.Contains($"class {type.Name}", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"\]\((Tests/[^)]+)\)")]
    private static partial Regex TestLink();
}
