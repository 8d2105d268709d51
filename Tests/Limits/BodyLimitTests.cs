using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;

namespace Tests.Limits;

/// <summary>What the body of a request may hold: bytes, a form, files, JSON.</summary>
public sealed class BodyLimitTests : IAsyncLifetime
{
    private const int Mebibyte = 1024 * 1024;

    private Site site = null!;
    private Visitor browser = null!;

    public async Task InitializeAsync()
    {
        site = await Site.StartAsync(Map, services: services => services.AddRazorPages(pages => pages.RootDirectory = "/"));
        browser = site.Visitor();
    }

    public async Task DisposeAsync()
    {
        browser.Dispose();
        await site.DisposeAsync();
    }

    [Theory]
    [InlineData("/read", true)]
    [InlineData("/read", false)]
    [InlineData("/bind", true)]
    [InlineData("/bind", false)]
    [InlineData("/form", true)]
    [InlineData("/guarded-form", true)]
    [InlineData("/guarded-form", false)]
    public async Task A_body_above_the_limit_is_a_413_that_names_it_whoever_reads_it(string path, bool withLength)
    {
        var body = new byte[Mebibyte + 1];
        Array.Fill(body, (byte)'1');
        if (path.EndsWith("form", StringComparison.Ordinal))
        {
            for (var i = 0; i < body.Length - 3; i += 64 * 1024)
            {
                "&k="u8.CopyTo(body.AsSpan(i)); // no value is too long, only the whole is
            }
        }

        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(path == "/bind" ? "application/json" : path == "/read" ? "text/plain" : "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TransferEncodingChunked = withLength ? null : true;

        await (await browser.SendAsync(request)).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "body-bytes", Mebibyte);
        site.Log.HasNothingToWorryAbout();
    }

    /// <remarks>Kestrel alone resets the connection of a body that is above the limit, and the sender learns nothing.</remarks>
    [Theory]
    [InlineData("/read", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/bind", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    public async Task Who_sends_far_too_much_reads_the_answer_all_the_same(string path, HttpStatusCode status)
    {
        for (var i = 0; i < 5; i++)
        {
            using var content = new ByteArrayContent(new byte[20 * Mebibyte]) { Headers = { ContentType = new("application/json") } };
            Assert.Equal(status, (await browser.PostAsync(path, content)).StatusCode);
        }

        site.Log.HasNothingToWorryAbout();
    }

    [Fact]
    public async Task An_endpoint_can_have_a_limit_of_its_own_and_it_is_named()
    {
        using var two = new ByteArrayContent(new byte[2 * Mebibyte]);
        using var three = new ByteArrayContent(new byte[3 * Mebibyte]);

        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync("/large", two)).StatusCode);
        await (await browser.PostAsync("/large", three)).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "body-bytes", 2 * Mebibyte);
    }

    [Theory]
    [InlineData("/form")]
    [InlineData("/guarded-form")]
    [InlineData("/read-form")]
    public async Task A_form_with_too_many_or_too_long_fields_is_a_413_that_names_which(string path)
    {
        await (await SendFormAsync(path, Many(100_000, i => $"k{i}="))).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-value-count", 1024);
        await (await SendFormAsync(path, Many(20_000, _ => "k=1"))).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-value-count", 1024);
        await (await SendFormAsync(path, new string('k', 257) + "=1")).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-key-length", 256);
        await (await SendFormAsync(path, "k=" + new string('v', 256 * 1024 + 1))).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-value-length", 256 * 1024);
        site.Log.HasNothingToWorryAbout();
    }

    [Theory]
    [InlineData("/form")]
    [InlineData("/guarded-form")]
    public async Task So_is_one_whose_parts_are_too_many_or_too_large(string path)
    {
        using var many = new MultipartFormDataContent();
        foreach (var i in Enumerable.Range(0, 1025))
        {
            many.Add(new StringContent("1"), $"k{i}");
        }

        await (await browser.PostAsync(path, many)).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-value-count", 1024);

        using var headers = new MultipartFormDataContent { PartWith(17, "1") };
        await (await browser.PostAsync(path, headers)).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-headers-count", 16);

        using var long1 = new MultipartFormDataContent { PartWith(1, new string('x', 5000)) };
        await (await browser.PostAsync(path, long1)).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-headers-length", 4096);

        using var boundary = new MultipartFormDataContent(new string('b', 70)) { { new StringContent("1"), "k" } };
        boundary.Headers.Remove("Content-Type");
        boundary.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={new string('b', 71)}");
        await (await browser.PostAsync(path, boundary)).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-boundary-length", 70);
        site.Log.HasNothingToWorryAbout();
    }

    [Fact]
    public async Task An_uploaded_file_above_its_limit_is_a_413_that_names_it()
    {
        await using var small = await Site.StartAsync(Map, new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["Limits:Form:FileBytes"] = "2000" });
        using var visitor = small.Visitor();
        using var upload = new MultipartFormDataContent { { new ByteArrayContent(new byte[2001]), "file", "a.txt" } };

        await (await visitor.PostAsync("/form", upload)).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-body-length", 2000);
    }

    [Theory]
    [InlineData(31, HttpStatusCode.OK)]
    [InlineData(33, HttpStatusCode.BadRequest)]
    [InlineData(200_000, HttpStatusCode.BadRequest)]
    public async Task JSON_that_is_nested_too_deep_is_a_400_that_names_the_limit(int depth, HttpStatusCode expected)
    {
        using var json = new StringContent($"{new string('[', depth)}{new string(']', depth)}", Encoding.UTF8, "application/json");
        var answer = await browser.PostAsync("/bind", json);

        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.BadRequest)
        {
            await answer.NamesAsync(expected, "json-depth", 32);
        }

        site.Log.HasNothingToWorryAbout();
    }

    [Theory]
    [InlineData("application/json", "{\"a\":1,\"a\":2}", "\\\"$.a\\\"")]
    [InlineData("application/json", "{\"a\":", "line 1")]
    [InlineData("application/json", "", "\\\"json\\\" is missing")]
    [InlineData("application/x-www-form-urlencoded", "a=text", "\\\"a\\\" is missing or cannot be read")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1", "Bad Request")]
    [InlineData("multipart/form-data", "--x", "malformed")]
    public async Task What_cannot_be_read_is_a_400_that_says_where_and_no_error_in_the_log(string type, string body, string where)
    {
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var answer = await browser.PostAsync(type.Contains("json", StringComparison.Ordinal) ? "/bind-object" : "/form", content);
        var text = (await answer.Content.ReadAsStringAsync()).Replace("\\u0022", "\\\"", StringComparison.Ordinal);

        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{answer.StatusCode} {text}");
        Assert.Contains(where, text, StringComparison.Ordinal);
        site.Log.HasNothingToWorryAbout();
    }

    private static string Many(int count, Func<int, string> field) => string.Join('&', Enumerable.Range(0, count).Select(field));

    private static StringContent PartWith(int headers, string value)
    {
        var part = new StringContent("1");
        part.Headers.Clear();
        part.Headers.TryAddWithoutValidation("Content-Disposition", "form-data; name=k");
        foreach (var i in Enumerable.Range(1, headers))
        {
            part.Headers.TryAddWithoutValidation($"x-{i}", value);
        }

        return part;
    }

    private async Task<HttpResponseMessage> SendFormAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        return await browser.PostAsync(path, content);
    }

    private static void Map(WebApplication app)
    {
        app.MapPost("/read", async (HttpRequest request) => await new StreamReader(request.Body).ReadToEndAsync());
        app.MapPost("/large", async (HttpRequest request) => await new StreamReader(request.Body).ReadToEndAsync()).WithMetadata(new RequestSizeLimitAttribute(2 * Mebibyte));
        app.MapPost("/bind", (System.Text.Json.Nodes.JsonNode json) => json.GetValueKind().ToString());
        app.MapPost("/bind-object", (Numbered json) => json.A);
        app.MapPost("/form", ([FromForm] int? a) => a).DisableAntiforgery();
        app.MapPost("/guarded-form", ([FromForm] int? a) => a);
        app.MapPost("/read-form", async (HttpRequest request) => (await request.ReadFormAsync()).Count);
    }

    private sealed record Numbered(int A);
}
