using Microsoft.Extensions.DependencyInjection;
using Tests.Identity;
using Tests.Parts;
using WebApp.Checklist;

namespace Tests.Checklist;

/// <summary>The page /checklist.</summary>
public sealed class ChecklistPageTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private readonly string operatorName = "olga-" + Guid.NewGuid().ToString("N")[..8];

    [SkippableFact]
    public async Task In_production_an_operator_sees_every_item_with_its_evidence_and_opens_its_docs()
    {
        await using (var before = await StartAsync())
        {
            using var _ = await before.RegisterAsync(operatorName);
        }

        await using var site = await StartAsync(operatorName);
        using var olga = site.Visitor();
        await olga.SignInAsync(operatorName);

        var page = await olga.GetStringAsync("/checklist");
        Assert.Contains("One request stored a value, the next read it", page, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"proxies\">", page, StringComparison.Ordinal);
        Assert.Contains(operatorName, page, StringComparison.Ordinal); // still her own request after forty others
        Assert.StartsWith("# Reverse proxies", await olga.GetStringAsync("/checklist/docs/proxies.md"), StringComparison.Ordinal);
        Assert.Equal(404, (int)(await olga.GetAsync("/checklist/docs/..%2FTests.md")).StatusCode);
    }

    [SkippableTheory]
    [InlineData("/checklist")]
    [InlineData("/checklist/docs/proxies.md")]
    public async Task In_production_nobody_else_does(string path)
    {
        await using var site = await StartAsync();
        using var stranger = site.Visitor();
        using var user = await site.RegisterAsync("ann-" + Guid.NewGuid().ToString("N")[..8]);

        Assert.Contains((int)(await stranger.GetAsync(path)).StatusCode, new[] { 302, 401, 403, 404 });
        Assert.Contains((int)(await user.GetAsync(path)).StatusCode, new[] { 302, 403, 404 });
    }

    [Fact]
    public async Task In_Development_everybody_does()
    {
        await using var site = await SiteProcess.StartAsync(new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Session__Store"] = "Memory" });
        using var browser = site.Visitor();

        var page = await browser.GetStringAsync("/checklist");
        Assert.Contains("SECRET is the development secret, which everybody knows.", page, StringComparison.Ordinal);
        Assert.Contains("In Production these items of the checklist would stop the start:", site.Output, StringComparison.Ordinal);
    }

    private Task<Site> StartAsync(string? operatorName = null) => AccountSite.StartAsync(
        redis,
        operatorName is null ? [] : AccountSite.Operator(operatorName),
        map: app => app.MapChecklistDocs(),
        services: services => services.AddRazorPages(pages => pages.Conventions.AuthorizePage("/Checklist/Index", WebApp.Account.Operators.OperatorRole.Policy)));
}
