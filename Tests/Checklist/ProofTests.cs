using System.Text.RegularExpressions;
using ServiceDefaults.Audit;
using ServiceDefaults.Checks;
using Tests.Parts;

namespace Tests.Checklist;

/// <summary>No line and no item without a test, and the README's table says which.</summary>
public sealed partial class ProofTests
{
    private static readonly ChecklistItem[] Items = new CheckedShop(new RedisServer()).Items();
    private static readonly string[] Ids = [.. Items.Select(item => item.Id).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Names => [.. Lines.All.Select(line => line.Name)];

    [Fact]
    public void Every_item_belongs_to_one_line_of_the_guides() =>
        Assert.Equal(Ids, Lines.All.SelectMany(line => line.Items).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_item_has_tests_that_prove_it()
    {
        Assert.Equal(Ids, Proofs.OfItems.Keys.Order(StringComparer.Ordinal));
        Assert.All(Proofs.OfItems, proof => Assert.All(proof.Value, type => Assert.Contains(
            type.GetMethods(), method => method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0)));
    }

    [Fact]
    public void Only_a_critical_item_reports_settings_whose_refusal_stops_the_start() =>
        Assert.All(Items.Where(item => item.Options is not null), item => Assert.Equal(Severity.Critical, item.Severity));

    /// <summary>OWASP ASVS 5.0, as far as this solution answers it by something that can be examined before it listens.</summary>
    [Theory]
    [InlineData("2.4.1", "3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.5", "3.4.1", "3.4.2", "3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.4.7", "3.4.8", "3.5.1")]
    [InlineData("4.1.2", "4.1.3", "4.3.1", "7.2.3", "7.2.4", "7.3.1", "7.3.2", "7.4.1", "7.4.3", "7.4.5", "7.5.2", "8.2.1", "8.2.2", "8.2.3", "12.3.1", "13.2.3", "13.3.1", "13.3.4")]
    [InlineData("13.4.2", "13.4.5", "13.4.6", "14.2.5", "14.3.1", "14.3.2", "15.3.4", "16.3.1", "16.3.2", "16.5.2", "16.5.3")]
    public void Every_requirement_is_answered_by_an_item(params string[] requirements) =>
        Assert.Empty(requirements.Except(Items.SelectMany(item => item.Asvs)));

    [Fact]
    public void Every_section_has_a_page_in_docs() =>
        Assert.All(Ids.Select(id => id.Split('.')[0]).Distinct(), section => Assert.True(File.Exists(Path.Combine(Repository.Root, "docs", section + ".md")), section));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_line_names_its_page_and_the_tests_that_prove_its_items(string name)
    {
        var line = Lines.All.Single(line => line.Name == name);
        var sources = line.Tests.Select(path => Path.Combine(Repository.Root, path))
            .SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories) : [path])
            .Select(File.ReadAllText).ToArray();

        Assert.All(line.Pages, page => Assert.True(File.Exists(Path.Combine(Repository.Root, "docs", page + ".md")), page));
        Assert.All(line.Items, item => Assert.StartsWith(line.Pages[0] + ".", item + ".", StringComparison.Ordinal));
        Assert.Contains(sources, source => TestAttribute().IsMatch(source));
        Assert.All(line.Items.SelectMany(item => Proofs.OfItems[item]).Distinct(), type => Assert.Contains(sources, source => source.Contains($"class {type.Name}", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_readme_has_a_row_for_every_line() =>
        GeneratedTable.IsOnRecord("README.md", "| line | what is on by default | page | tests |", Lines.All.Select(line => $"{line}"));

    [Fact]
    public void The_docs_have_a_row_for_every_item() =>
        GeneratedTable.IsOnRecord("docs/checklist.md", "| item | what holds | ASVS 5.0 | when not |", Items.GroupBy(item => item.Section).SelectMany(section => section).Select(item =>
            $"| `{item.Id}` | {item.Title} | {string.Join(", ", item.Asvs)} | {(item.Severity == Severity.Critical ? "no start" : "a warning")} |"));

    [Fact]
    public void The_docs_have_a_row_for_everything_that_the_audit_looks_at() =>
        GeneratedTable.IsOnRecord("docs/audit.md", "| line | what holds | ASVS 5.0 | when not |", SiteAudit.Items.Select(item =>
            $"| `{item.Id}` | {item.Title} | {string.Join(", ", item.Asvs)} | {(item.Severity == Severity.Critical ? "critical" : "a warning")} |"));

    [GeneratedRegex(@"\[(Skippable)?(Fact|Theory)")]
    private static partial Regex TestAttribute();
}
