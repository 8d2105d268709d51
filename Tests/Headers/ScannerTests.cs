using ServiceDefaults.Headers;
using Tests.Parts;

namespace Tests.Headers;

/// <summary>What the known scanners say of the site, over real TLS, the site doing its own redirect.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class ScannerTests(SecureSite site) : IClassFixture<SecureSite>
{
    // CSP Evaluator's numbers: the lower, the worse.
    private const int MaybeMedium = 50;

    [SkippableTheory]
    [InlineData("/", "antiforgery")]
    [InlineData("/counter", "session")]
    [InlineData("/account/sign-out", "antiforgery")]
    public async Task Mozillas_Observatory_gives_A_plus_and_every_test_passes(string path, string cookie)
    {
        Scanners.Require();

        var report = await Scanners.ObserveAsync(site, path);
        var scan = report["scan"]!;

        Assert.Equal("A+", (string?)scan["grade"]);
        Assert.True((int)scan["score"]! >= 135, report.ToJsonString());
        Assert.Equal(10, (int)scan["testsPassed"]!);
        Assert.Equal(0, (int)scan["testsFailed"]!);
        Assert.EndsWith(cookie, report["tests"]!["cookies"]!["data"]!.AsObject().Single().Key, StringComparison.Ordinal); // it has seen one
        Assert.Equal("redirection-to-https", (string?)report["tests"]!["redirection"]!["result"]);
    }

    [Theory]
    [InlineData("/site.css", 200)]
    [InlineData("/is-not-there", 404)]
    public async Task Files_and_errors_have_the_headers_of_the_page_that_is_judged(string path, int status)
    {
        using var browser = site.Browser();

        var page = await browser.GetAsync("/");
        var answer = await browser.GetAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.All(
            page.Headers.Where(header => header.Key is not ("Date" or "Set-Cookie" or "Cache-Control" or "Pragma" or "Transfer-Encoding" or "RateLimit" or "RateLimit-Policy")),
            header => Assert.Equal(header.Value, answer.Headers.GetValues(header.Key)));
    }

    [SkippableFact]
    public async Task The_CSP_Evaluator_has_nothing_to_say_of_the_policy_as_it_is_sent()
    {
        Scanners.Require();
        using var browser = site.Browser();

        var policy = (await browser.GetAsync("/")).Headers.GetValues("Content-Security-Policy").Single();

        Assert.Empty((await Scanners.EvaluateAsync(policy)).AsArray());
    }

    [SkippableFact]
    public async Task Nor_of_the_policy_of_a_page_with_inline_scripts()
    {
        Scanners.Require();

        Assert.Empty((await Scanners.EvaluateAsync(new ContentSecurityPolicy().ToHeader("cmFuZG9tIHJhbmRvbSByYW4="))).AsArray());
    }

    [SkippableFact]
    public async Task With_scripts_and_images_from_files_and_another_site_it_finds_nothing_of_high_or_medium_severity()
    {
        Scanners.Require();
        var policy = new ContentSecurityPolicy();
        policy.Scripts.AllowSelf();
        policy.Images.Allow("https://images.example");

        Assert.All((await Scanners.EvaluateAsync(policy.ToHeader(nonce: null))).AsArray(), finding => Assert.True((int)finding!["severity"]! >= MaybeMedium, finding.ToJsonString()));
    }

    [SkippableFact]
    public async Task It_does_find_fault_with_a_policy_that_has_one()
    {
        Scanners.Require();

        Assert.Contains((await Scanners.EvaluateAsync("script-src 'unsafe-inline' *")).AsArray(), finding => (int)finding!["severity"]! < MaybeMedium);
    }
}
