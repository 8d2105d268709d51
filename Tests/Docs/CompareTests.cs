namespace Tests.Docs;

/// <summary>The comparison with others.</summary>
public sealed class CompareTests
{
    private static readonly string[][] Rows =
    [
        .. Page.All.Single(page => page.Path == "docs/compare.md").Lines.Where(line => line.StartsWith('|') && !line.StartsWith("|--", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    [Fact]
    public void Each_claim_about_this_solution_links_to_its_page_or_its_tests()
    {
        var claims = Rows.Where(row => row.Length == 6 && row[1] != "here").ToArray();
        Assert.True(claims.Length > 30);

        Problems.None(claims.Where(row => !row[1].Contains("](", StringComparison.Ordinal)).Select(row => $"{row[0]}: {row[1]}"));
        Problems.None(claims.Where(row => row[1..].Any(cell => cell[0] is not ('●' or '◐' or '○'))).Select(row => $"{row[0]}: a cell says neither yes nor no"));
        Assert.Contains(claims, row => row[1][0] == '○'); // a comparison in which one wins everywhere is an advertisement
    }

    [Fact]
    public void Each_of_the_others_has_a_source()
    {
        var sources = Rows.Where(row => row.Length == 2).ToDictionary(row => row[0], row => row[1]);

        Assert.All(Rows.Where(row => row.Length == 6 && row[1] == "here").SelectMany(row => row[2..]), other => Assert.Contains("](https://", sources[other], StringComparison.Ordinal));
    }
}
