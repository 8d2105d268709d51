using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;

namespace Tests.Limits;

/// <summary>An endpoint can have limits of its own: as metadata, which whoever lists the endpoints sees, and to which every reader of the request keeps.</summary>
public sealed class EndpointLimitTests
{
    private static readonly string[] Paths = ["/bound", "/guarded", "/read", "/limited/bound", "/limited/guarded"];

    [Fact]
    public async Task They_are_visible_on_the_endpoint()
    {
        await using var site = await StartAsync();
        var endpoints = site.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(endpoint => Paths.Contains("/" + endpoint.RoutePattern.RawText!.TrimStart('/'))).ToList();

        Assert.Equal(Paths.Length, endpoints.Count);
        Assert.All(endpoints, endpoint =>
        {
            var form = endpoint.Metadata.GetRequiredMetadata<IFormOptionsMetadata>();
            Assert.Equal((3, 40, 50, 100), (form.ValueCountLimit, form.KeyLengthLimit, form.ValueLengthLimit, form.MultipartBodyLengthLimit));
            Assert.Equal(500, endpoint.Metadata.GetRequiredMetadata<IRequestSizeLimitMetadata>().MaxRequestBodySize);
        });
    }

    [Fact]
    public async Task They_hold_and_are_named_whoever_reads_the_form()
    {
        await using var site = await StartAsync();
        using var browser = site.Visitor();
        foreach (var path in Paths)
        {
            await (await PostAsync(browser, path, "a=1&b=1&c=1&d=1&e=1")).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-value-count", 3);
            await (await PostAsync(browser, path, new string('k', 41) + "=1")).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-key-length", 40);
            await (await PostAsync(browser, path, "a=" + new string('v', 51))).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-value-length", 50);
            await (await PostAsync(browser, path, "a=" + new string('v', 499))).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "body-bytes", 500);
            using var upload = new MultipartFormDataContent("b") { { new ByteArrayContent(new byte[101]), "a", "a.txt" } };
            await (await browser.PostAsync(path, upload)).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-body-length", 100);
        }

        Assert.Equal("1", await (await PostAsync(browser, "/bound", "a=1")).Content.ReadAsStringAsync());
        site.Log.HasNothingToWorryAbout();
    }

    [Fact]
    public async Task More_than_the_default_may_be_allowed_too()
    {
        await using var site = await StartAsync();
        using var browser = site.Visitor();

        Assert.Equal("2000", await (await PostAsync(browser, "/many", string.Join('&', Enumerable.Range(0, 2000).Select(i => $"k{i}=1")))).Content.ReadAsStringAsync());
        await (await PostAsync(browser, "/many", string.Join('&', Enumerable.Range(0, 2001).Select(i => $"k{i}=1")))).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-value-count", 2000);
    }

    [Fact]
    public async Task A_rate_of_its_own_is_a_429_that_says_when_to_retry()
    {
        await using var site = await StartAsync();
        using var browser = site.Visitor();
        await browser.GetAsync("/rare");

        var refused = await browser.GetAsync("/rare");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Assert.Contains("\"limit\":\"rate\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PostAsync(Visitor browser, string path, string form)
    {
        using var content = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        return await browser.PostAsync(path, content);
    }

    private static Task<Site> StartAsync() => Site.StartAsync(
        app =>
        {
            app.MapControllers();
            var limited = app.MapGroup("").WithFormOptions(valueCountLimit: 3, keyLengthLimit: 40, valueLengthLimit: 50, multipartBodyLengthLimit: 100);
            limited.WithMetadata(new RequestSizeLimitAttribute(500));
            limited.MapPost("/bound", ([FromForm] string a) => a).DisableAntiforgery();
            limited.MapPost("/guarded", ([FromForm] string a) => a);
            limited.MapPost("/read", async (HttpRequest request) => (await request.ReadFormAsync()).Count);
            app.MapPost("/many", async (HttpRequest request) => (await request.ReadFormAsync()).Count).WithFormOptions(valueCountLimit: 2000);
            app.MapGet("/rare", () => "ok").RequireRateLimiting("rare");
        },
        services: services =>
        {
            services.AddControllersWithViews();
            services.AddRateLimiter(limiter => limiter.AddPolicy("rare", _ => System.Threading.RateLimiting.RateLimitPartition.GetFixedWindowLimiter("", _ => new() { PermitLimit = 1, Window = TimeSpan.FromHours(1) })));
        });
}

[Route("limited"), AllowAnonymous]
[RequestFormLimits(ValueCountLimit = 3, KeyLengthLimit = 40, ValueLengthLimit = 50, MultipartBodyLengthLimit = 100), RequestSizeLimit(500)]
public sealed class LimitedController : ControllerBase
{
    [HttpPost("bound")]
    public IActionResult Bound([FromForm] string a) => Ok(a);

    [HttpPost("guarded"), ValidateAntiForgeryToken]
    public IActionResult Guarded([FromForm] string a) => Ok(a);
}
