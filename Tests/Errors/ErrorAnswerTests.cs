using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tests.Identity;
using Tests.Parts;

namespace Tests.Errors;

/// <summary>Errors say what a client can use, and nothing of the inside: to programs as problem details, to people as a page.</summary>
public sealed class ErrorAnswerTests
{
    public static TheoryData<string, string, int> Errors => new()
    {
        { "GET", "/status/400", 400 },
        { "GET", "/status/401", 401 },
        { "GET", "/status/403", 403 },
        { "GET", "/is-not-there", 404 },
        { "POST", "/status/404", 405 },
        { "POST", "/too-large", 413 },
        { "GET", "/status/429", 429 },
        { "GET", "/throws", 500 },
        { "GET", "/status/503", 503 },
        { "GET", "/takes-too-long", 504 },
        { "GET", "/status/418", 418 },
        { "GET", "/status/499", 499 },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task A_program_gets_problem_details_with_a_trace_id_and_without_the_inside(string method, string path, int status)
    {
        await using var site = await StartAsync(path: path);
        using var program = site.Visitor();
        using var request = Request(method, path);

        using var answer = await program.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Matches("\"traceId\":\"[0-9a-f]{32}\"", body);
        AssertNothingOfTheInside(answer, body);
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task A_person_gets_a_page_that_says_what_to_do_and_a_code_to_quote(string method, string path, int status)
    {
        await using var site = await StartAsync(path: path);
        using var browser = site.Visitor();
        using var request = Request(method, path);
        request.Headers.Add("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

        using var answer = await browser.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Matches($"Status {status}\\. If you ask us for help, quote this code: <code>[0-9a-f]{{32}}</code>", body);
        Assert.Matches("<h1>[A-Z][^<]+</h1>", body);
        Assert.DoesNotContain("<script", body, StringComparison.Ordinal);
        AssertNothingOfTheInside(answer, body);
    }

    [Theory]
    [InlineData("*/*", "application/problem+json")]
    [InlineData("application/json", "application/problem+json")]
    [InlineData("application/json, text/html;q=0.9", "application/problem+json")]
    [InlineData("application/vnd.shop+json, text/html;q=0.9", "application/problem+json")]
    [InlineData("text/html", "text/html")]
    [InlineData("text/html, application/json;q=0.9", "text/html")]
    [InlineData("text/html;q=0", "text/plain")]
    [InlineData("image/png", "text/plain")]
    [InlineData("not a media type", "application/problem+json")]
    public async Task Whoever_prefers_a_page_gets_one(string accept, string type)
    {
        await using var site = await StartAsync();
        using var client = site.Visitor();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);

        var answer = await client.GetAsync("/is-not-there");

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task An_endpoint_that_speaks_JSON_speaks_it_of_errors_too()
    {
        await using var site = await StartAsync();
        using var browser = site.Visitor();

        var answer = await browser.OpenAsync("/api/throws");

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_code_to_quote_is_in_the_log_line_of_the_exception()
    {
        await using var site = await StartAsync();
        using var browser = site.Visitor();

        await browser.GetAsync("/throws");

        Assert.Single(site.Log.Entries, entry => entry.Level == LogLevel.Error && entry.Exception?.Message == "canary");
    }

    [Fact]
    public async Task What_an_exception_says_is_text_on_the_page_and_never_markup()
    {
        await using var site = await StartAsync();
        using var browser = site.Visitor();

        var body = await (await browser.OpenAsync("/problem")).Content.ReadAsStringAsync();

        Assert.Contains("&lt;script&gt;", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Development_a_person_sees_the_exception_and_its_page_may_use_its_styles()
    {
        await using var site = await StartAsync("Development");
        using var browser = site.Visitor();

        var unexpected = await browser.OpenAsync("/throws");
        var expected = await browser.OpenAsync("/is-not-there");

        Assert.Equal(HttpStatusCode.InternalServerError, unexpected.StatusCode);
        Assert.Contains("canary", await unexpected.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(unexpected.Headers.Contains("Content-Security-Policy"));
        Assert.True(expected.Headers.Contains("Content-Security-Policy"));
    }

    private static void AssertNothingOfTheInside(HttpResponseMessage answer, string body)
    {
        Assert.DoesNotContain("canary", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
        Assert.DoesNotContain(".cs", body, StringComparison.Ordinal);
        Assert.DoesNotContain(Repository.Root, body, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0", body, StringComparison.Ordinal); // a version
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
        Assert.False(answer.Headers.Contains("Server"));
    }

    private static HttpRequestMessage Request(string method, string path) => new(new HttpMethod(method), path)
    {
        Content = path == "/too-large" ? new ByteArrayContent(new byte[2 * 1024 * 1024]) : null,
    };

    /// <param name="environment">Where it runs.</param>
    /// <param name="path">What is asked for: only what takes too long has little time.</param>
    private static Task<Site> StartAsync(string environment = "Production", string path = "") => Site.StartAsync(
        app =>
        {
            app.MapGet("/status/{status:int}", (int status) => Results.StatusCode(status));
            app.MapGet("/throws", _ => throw new InvalidOperationException("canary"));
            app.MapGet("/api/throws", Microsoft.AspNetCore.Http.HttpResults.Ok<string> () => throw new InvalidOperationException("canary"));
            app.MapGet("/problem", () => Results.Problem("<script>alert(1)</script>", statusCode: 400));
            app.MapGet("/takes-too-long", (CancellationToken aborted) => Task.Delay(Timeout.Infinite, aborted));
            app.MapPost("/too-large", async (HttpRequest request) => await request.Body.CopyToAsync(Stream.Null));
        },
        new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["Limits:RequestTime"] = path == "/takes-too-long" ? "00:00:01" : "00:00:30" },
        environment);
}
