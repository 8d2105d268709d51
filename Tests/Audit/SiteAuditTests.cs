using ServiceDefaults.Audit;
using ServiceDefaults.Checks;
using Tests.Parts;

namespace Tests.Audit;

/// <summary>A site that runs, whoever's it is, seen from outside.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class SiteAuditTests
{
    private const string NeedsNginx = "production.tls-versions"; // see AuditCommandTests

    public static TheoryData<string> Ids => [.. Weaknesses.All.Keys];

    [Fact]
    public async Task A_good_site_passes_with_evidence_for_every_line()
    {
        await using var site = await OtherSite.StartAsync(new Manners());
        var report = await site.AuditAsync();

        Assert.Equal([], Not(Outcome.Holds, report));
        Assert.All(report.Results, result => Assert.True(result.Evidence.Length > 15, result.Item.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task What_a_site_does_badly_is_named_and_nothing_else(string id)
    {
        await using var site = await OtherSite.StartAsync(Weaknesses.All[id](new Manners()));
        var report = await site.AuditAsync();

        Assert.Equal([id], Not(Outcome.Holds, report).Except(Of(Outcome.NotExamined, report)));
    }

    [Fact]
    public void Every_line_has_a_weakness_and_every_weakness_a_line() =>
        Assert.Equal(Weaknesses.All.Keys.Append(NeedsNginx).Order(StringComparer.Ordinal), SiteAudit.Items.Select(item => item.Id).Order(StringComparer.Ordinal));

    private static string[] Not(Outcome outcome, ChecklistReport report) => [.. report.Results.Where(result => result.Outcome != outcome).Select(result => result.Item.Id)];

    private static string[] Of(Outcome outcome, ChecklistReport report) => [.. report.Results.Where(result => result.Outcome == outcome).Select(result => result.Item.Id)];
}
