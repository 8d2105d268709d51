using System.Text;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Headers;
using Tests.Parts;

namespace Tests.Headers;

/// <summary>Browsers report what the policy has stopped; whoever sends anything else gets nowhere.</summary>
public sealed class CspReportTests
{
    private const string Old = """{"csp-report":{"document-uri":"https://shop.example/basket?card=4111","effective-directive":"script-src-elem","blocked-uri":"https://evil.example/a.js?b=c"}}""";
    private const string New = """[{"type":"csp-violation","age":1,"url":"https://shop.example/","body":{"documentURL":"https://shop.example/basket","effectiveDirective":"style-src-elem","blockedURL":"inline"}}]""";

    [Theory]
    [InlineData("application/csp-report", Old, "script-src-elem does not allow https://evil.example on the page /basket.")]
    [InlineData("application/reports+json", New, "style-src-elem does not allow inline on the page /basket.")]
    public async Task A_violation_is_one_line_without_what_may_be_private(string type, string report, string line)
    {
        await using var site = await Site.StartAsync(_ => { });

        Assert.Equal(204, await SendAsync(site, type, report));

        Assert.Contains(line, Assert.Single(Lines(site)), StringComparison.Ordinal);
        Assert.DoesNotContain("4111", site.Log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"csp-report":{"document-uri":"https://shop.example/a\nwarn: forged","effective-directive":"img-src\nwarn: forged","blocked-uri":"https://evil.example/\nforged"}}""")]
    [InlineData("""{"csp-report":{"document-uri":"javascript:alert(1)","effective-directive":"<script>","blocked-uri":"\u001b[31mforged"}}""")]
    [InlineData("""{"csp-report":{"document-uri":1,"effective-directive":null,"blocked-uri":{}}}""")]
    public async Task A_report_cannot_forge_a_line_of_the_log(string report)
    {
        await using var site = await Site.StartAsync(_ => { });

        await SendAsync(site, "application/csp-report", report);

        var line = Assert.Single(Lines(site));
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain('\u001b', line);
        Assert.DoesNotContain("<script>", line, StringComparison.Ordinal);
        Assert.Contains("(unclear)", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/csp-report", "{", 400)]
    [InlineData("application/csp-report", "", 400)]
    [InlineData("application/csp-report", "[[[[[[[[[[[[]]]]]]]]]]]]", 400)]
    [InlineData("application/csp-report", "{}", 204)]
    [InlineData("application/reports+json", "[]", 204)]
    [InlineData("application/reports+json", "[1, {\"type\": \"deprecation\"}, {\"type\": 1}]", 204)]
    [InlineData("application/json", Old, 415)]
    [InlineData("text/plain", Old, 415)]
    [InlineData("application/x-www-form-urlencoded", "a=b", 415)]
    public async Task What_is_no_report_is_refused_or_ignored(string type, string body, int status)
    {
        await using var site = await Site.StartAsync(_ => { });

        Assert.Equal(status, await SendAsync(site, type, body));
        Assert.Empty(Lines(site));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_large_report_is_cut_off(bool chunked)
    {
        await using var site = await Site.StartAsync(_ => { });

        Assert.Equal(413, await SendAsync(site, "application/csp-report", $"\"{new string('a', CspReports.MaxBytes)}\"", chunked));
    }

    [Fact]
    public async Task Twenty_reports_a_minute_are_taken_of_one_network_and_the_log_gets_one_line()
    {
        await using var site = await Site.StartAsync(_ => { });

        var statuses = new List<int>();
        for (var i = 0; i < CspReports.RequestsPerMinute + 5; i++)
        {
            statuses.Add(await SendAsync(site, "application/csp-report", Old, from: $"2001:db8:1:2::{i + 1:x}")); // all of one customer's
        }

        Assert.Equal(CspReports.RequestsPerMinute, statuses.Count(status => status == 204));
        Assert.Equal(5, statuses.Count(status => status == 429));
        Assert.Single(Lines(site));
        Assert.Equal(204, await SendAsync(site, "application/csp-report", Old, from: "2001:db8:1:3::1"));
    }

    private static IEnumerable<string> Lines(Site site) => site.Log.Entries
        .Where(entry => entry.Level == LogLevel.Warning && entry.Message.StartsWith("A browser says that", StringComparison.Ordinal)).Select(entry => entry.Message);

    private static async Task<int> SendAsync(Site site, string type, string body, bool chunked = false, string from = "203.0.113.7")
    {
        using var browser = site.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Post, CspReports.Path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new(type);
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.Add("X-Forwarded-For", from);
        request.Headers.Add("Sec-Fetch-Site", "cross-site"); // as of a page without an origin
        return (int)(await browser.SendAsync(request)).StatusCode;
    }
}
