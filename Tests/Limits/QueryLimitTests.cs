using System.Net;
using Microsoft.AspNetCore.Builder;
using Tests.Parts;

namespace Tests.Limits;

/// <summary>What may stand behind the question mark of an address.</summary>
public sealed class QueryLimitTests
{
    [Fact]
    public async Task A_query_that_is_too_long_or_has_too_many_values_is_refused_with_the_limits_name()
    {
        await using var site = await Site.StartAsync(app => app.MapGet("/", (int? a) => a ?? 0));
        using var browser = site.Visitor();

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/?" + Values(100))).StatusCode);
        await (await browser.GetAsync("/?" + Values(101))).NamesAsync(HttpStatusCode.BadRequest, "query-values", 100);
        await (await browser.GetAsync("/?q=" + new string('x', 4096))).NamesAsync(HttpStatusCode.RequestUriTooLong, "query-bytes", 4096);
        site.Log.HasNothingToWorryAbout();
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_is_a_400_that_names_it()
    {
        await using var site = await Site.StartAsync(app => app.MapGet("/list", (int first) => first));
        using var browser = site.Visitor();

        foreach (var query in new[] { "", "?first=text", "?first=99999999999999", "?first=a+b", "?first=\"another\"" })
        {
            var answer = await browser.GetAsync("/list" + query);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("\"errors\":{\"first\":", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        site.Log.HasNothingToWorryAbout();
    }

    private static string Values(int count) => string.Join('&', Enumerable.Range(0, count).Select(i => $"k{i}=1"));
}
