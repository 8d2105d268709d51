using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tests.Parts;

namespace Tests.Limits;

/// <summary>What one request, and one client, may ask for.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_body_above_the_limit_is_a_413()
    {
        await using var site = await Site.StartAsync(Map);
        using var browser = site.Visitor();

        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync("/body", new StringContent(new string('x', 1000)))).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await browser.PostAsync("/body", new ByteArrayContent(new byte[1024 * 1024 + 1]))).StatusCode);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_a_504()
    {
        await using var site = await Site.StartAsync(Map, new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["Limits:RequestTime"] = "00:00:01" });
        using var browser = site.Visitor();

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await browser.GetAsync("/slow")).StatusCode);
    }

    [Fact]
    public async Task A_client_that_asks_too_often_gets_429_and_when_to_retry_and_others_are_served()
    {
        await using var site = await Site.StartAsync(Map, new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["Limits:Rate:Requests"] = "5" });
        using var eager = site.Visitor();
        using var other = site.Visitor();
        eager.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        other.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.8");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await eager.GetAsync("/ok")).StatusCode);
        }

        var refused = await eager.GetAsync("/ok");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(int.Parse(refused.Headers.GetValues("Retry-After").Single(), System.Globalization.CultureInfo.InvariantCulture), 1, 10);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/ok")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await eager.GetAsync("/ready")).StatusCode);
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/ok", () => "ok");
        app.MapPost("/body", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body, Encoding.UTF8);
            return (await reader.ReadToEndAsync()).Length;
        }).DisableAntiforgery();
        app.MapGet("/slow", async (CancellationToken cancelled) => await Task.Delay(TimeSpan.FromSeconds(30), cancelled));
    }
}
