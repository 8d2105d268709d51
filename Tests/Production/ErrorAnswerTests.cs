using Microsoft.AspNetCore.Builder;
using Tests.Parts;

namespace Tests.Production;

/// <summary>Errors say what a client can use, and nothing of the inside.</summary>
public sealed class ErrorAnswerTests
{
    [Theory]
    [InlineData("/throws", 500)]
    [InlineData("/is-not-there", 404)]
    public async Task An_error_is_problem_details_with_a_trace_id_and_without_the_inside(string path, int status)
    {
        await using var site = await Site.StartAsync(app => app.MapGet("/throws", _ => throw new InvalidOperationException("canary")));
        using var browser = site.Visitor();

        var response = await browser.GetAsync(path);
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Matches("\"traceId\":\"[0-9a-f]{32}\"", body);
        Assert.DoesNotContain("canary", body, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", body, StringComparison.Ordinal);
    }
}
