using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Caching;
using Tests.Parts;
using static Tests.Caching.CacheSite;

namespace Tests.Caching;

/// <summary>A client that has the answer already is told so, and gets no body.</summary>
public sealed class ConditionalRequestTests : IAsyncLifetime
{
    private Site site = null!;
    private Visitor browser = null!;

    public async Task InitializeAsync()
    {
        site = await CacheSite.StartAsync(app =>
        {
            app.MapMethods("/private", ["GET", "HEAD"], () => "answer").CacheHint(Minute, CacheScope.Private);
            app.MapMethods("/public", ["GET", "HEAD"], () => "answer").CacheHint(Minute, CacheScope.Public);
            app.MapGet("/no-hint", () => "answer");
            app.MapGet("/own", (HttpResponse response) =>
            {
                response.Headers.ETag = "W/\"own\"";
                return "answer";
            }).CacheHint(Minute, CacheScope.Public);
            app.MapGet("/error", () => Results.Text("answer", statusCode: 404)).CacheHint(Minute, CacheScope.Public);
            app.MapGet("/json", () => Enumerable.Range(0, 20_000)).CacheHint(Minute, CacheScope.Private);
            app.MapGet("/file", () => Results.File(Path.Combine(Repository.Root, "WebApp", "wwwroot", "icon.svg"))).CacheHint(Minute, CacheScope.Public);
        });
        browser = site.Visitor();
    }

    public async Task DisposeAsync()
    {
        browser.Dispose();
        await site.DisposeAsync();
    }

    [Theory]
    [InlineData("/private")]
    [InlineData("/public")]
    [InlineData("/own")]
    [InlineData("/json")]
    [InlineData("/file")]
    public async Task The_same_answer_is_a_304_with_the_headers_that_the_200_had(string path)
    {
        var first = await browser.GetAsync(path);
        var tag = first.Headers.ETag!.ToString();
        foreach (var known in new[] { tag, $"\"other\", {tag}", tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : "W/" + tag, "*" })
        {
            for (var i = 0; i < 2; i++)
            {
                var again = await AskAsync(path, known);
                Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
                Assert.Equal(first.Headers.ETag, again.Headers.ETag);
                Assert.Equal(CacheControlOf(first), CacheControlOf(again));
                Assert.Equal("", await again.Content.ReadAsStringAsync());
            }
        }

        var other = await AskAsync(path, "\"other\"");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await other.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_revalidation_that_finds_nothing_stored_gets_its_304_and_what_was_made_is_stored_for_the_next()
    {
        var run = Counted();
        var same = "answer";
        await using var counting = await CacheSite.StartAsync(app => app.MapGet("/", () =>
        {
            run.Next();
            return same;
        }).CacheHint(Minute, CacheScope.Public));
        using var visitor = counting.Visitor();
        visitor.DefaultRequestHeaders.Add("If-None-Match", (await browser.GetAsync("/public")).Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.NotModified, (await visitor.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await visitor.GetAsync("/")).StatusCode);
        using var stranger = counting.Visitor();
        Assert.Equal("answer", await stranger.GetStringAsync("/"));
        Assert.Equal(1, run.Count);
    }

    [Fact]
    public async Task HEAD_has_the_headers_of_GET_and_no_body()
    {
        foreach (var path in new[] { "/private", "/public" })
        {
            var get = await browser.GetAsync(path);
            var head = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.Equal(CacheControlOf(get), CacheControlOf(head));
            Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
            Assert.Equal("", await head.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Without_a_hint_or_with_an_error_there_is_no_tag_and_no_304()
    {
        foreach (var path in new[] { "/no-hint", "/error" })
        {
            var answer = await AskAsync(path, "*");
            Assert.NotEqual(HttpStatusCode.NotModified, answer.StatusCode);
            Assert.Null(answer.Headers.ETag);
        }
    }

    [Fact]
    public async Task A_range_of_a_stored_answer_is_never_taken_for_the_whole()
    {
        var part = new HttpRequestMessage(HttpMethod.Get, "/file");
        part.Headers.Range = new(0, 3);
        await browser.SendAsync(part);

        Assert.StartsWith("<svg", await browser.GetStringAsync("/file"), StringComparison.Ordinal);
        Assert.True((await browser.GetStringAsync("/file")).Length > 4);
    }

    private Task<HttpResponseMessage> AskAsync(string path, string known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return browser.SendAsync(request);
    }
}
