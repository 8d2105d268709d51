using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tests.Parts;

namespace Tests.Limits;

/// <summary>What cannot be bound is a 4xx that names the field or the limit, whichever part of the framework reads it.</summary>
public sealed class BindingTests : IDisposable
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly string[] JsonPaths = ["/bind", "/read", "/controller/json", "/api-controller/json"];
    private static readonly string[] FormPaths = ["/form", "/controller/form"];

    /// <summary>They stay: Kestrel warns of a client that leaves while the rest of a body is read (dotnet/aspnetcore#52324).</summary>
    private readonly List<Visitor> browsers = [];

    public void Dispose() => browsers.ForEach(browser => browser.Dispose());

    [Theory]
    [InlineData("""{"name":""", "$.name")]
    [InlineData("""{"name":{}}""", "$.name")]
    [InlineData("""{"c":{"number":"one"}}""", "$.c.number")]
    [InlineData("""{"name":"a","name":"b"}""", "$.name")]
    [InlineData("{\"name\":\"\u00ff\"}", "$.name")] // as one byte, which is no UTF-8
    [InlineData("[", "$")]
    public async Task JSON_that_cannot_be_read_is_a_400_that_says_where_and_tells_nothing_of_the_inside(string json, string path)
    {
        await using var site = await TreeSite.StartAsync();
        foreach (var endpoint in JsonPaths)
        {
            using var answer = await PostAsync(site, endpoint, json, "application/json");
            await NamesFieldAsync(answer, path);
            Assert.DoesNotContain(nameof(Tree), await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        site.Log.HasNothingToWorryAbout();
    }

    [Theory]
    [InlineData("", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{}", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("{}", "application/json; charset=klingon", HttpStatusCode.UnsupportedMediaType)]
    public async Task So_is_no_JSON_at_all(string body, string type, HttpStatusCode expected)
    {
        await using var site = await TreeSite.StartAsync();
        foreach (var endpoint in JsonPaths)
        {
            using var answer = await PostAsync(site, endpoint, body, type);
            Assert.Equal((endpoint, expected), (endpoint, answer.StatusCode));
        }

        site.Log.HasNothingToWorryAbout();
    }

    [Fact]
    public async Task JSON_that_is_nested_too_deep_names_the_limit_and_a_deeper_limit_holds_for_binding_and_validation_alike()
    {
        await using var site = await TreeSite.StartAsync();
        await using var deep = await TreeSite.StartAsync(("Limits:JsonDepth", "64"));
        foreach (var endpoint in JsonPaths)
        {
            await (await PostAsync(site, endpoint, Nested(33), "application/json")).NamesAsync(HttpStatusCode.BadRequest, "json-depth", 32);
            await (await PostAsync(site, endpoint, Nested(10_000), "application/json")).NamesAsync(HttpStatusCode.BadRequest, "json-depth", 32);
            Assert.True((await PostAsync(site, endpoint, Nested(32), "application/json")).IsSuccessStatusCode);
            Assert.True((await PostAsync(deep, endpoint, Nested(64), "application/json")).IsSuccessStatusCode);
            await (await PostAsync(deep, endpoint, Nested(65), "application/json")).NamesAsync(HttpStatusCode.BadRequest, "json-depth", 64);
        }

        site.Log.HasNothingToWorryAbout();
        deep.Log.HasNothingToWorryAbout();
    }

    [Fact]
    public async Task JSON_of_the_applications_own_that_cannot_be_read_is_not_the_clients_fault()
    {
        await using var site = await Site.StartAsync(app => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/", () => JsonNode.Parse("{")));
        using var browser = site.Visitor();

        Assert.Equal(HttpStatusCode.InternalServerError, (await browser.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Names_of_fields_that_are_nested_too_deep_are_a_400_that_names_the_limit()
    {
        await using var site = await TreeSite.StartAsync();
        foreach (var endpoint in FormPaths)
        {
            Assert.True((await PostAsync(site, endpoint, string.Concat(Enumerable.Repeat("C.", 20)) + "Number=1", Form)).IsSuccessStatusCode);
            await (await PostAsync(site, endpoint, string.Concat(Enumerable.Repeat("C.", 33)) + "Number=1", Form)).NamesAsync(HttpStatusCode.BadRequest, "binding-depth", 32);
        }

        await (await PostAsync(site, "/form", string.Concat(Enumerable.Repeat("C.", 70)) + "Number=1", Form)).NamesAsync(HttpStatusCode.BadRequest, "binding-depth", 64); // never comes as far as validation
        site.Log.HasNothingToWorryAbout();
    }

    [Fact]
    public async Task A_list_may_be_as_long_as_a_form_and_where_the_framework_says_less_it_is_named()
    {
        await using var site = await TreeSite.StartAsync();
        await using var large = await TreeSite.StartAsync(("Limits:Form:Values", "3000"));
        foreach (var endpoint in FormPaths)
        {
            Assert.True((await PostAsync(site, endpoint, Listed(1023) + "&Name=a", Form)).IsSuccessStatusCode);
            await (await PostAsync(site, endpoint, Listed(1025), Form)).NamesAsync(HttpStatusCode.RequestEntityTooLarge, "form-value-count", 1024);
        }

        Assert.True((await PostAsync(large, "/controller/form", Listed(2000), Form)).IsSuccessStatusCode);
        await (await PostAsync(large, "/form", Listed(2000), Form)).NamesAsync(HttpStatusCode.BadRequest, "collection-size", 1024);
        site.Log.HasNothingToWorryAbout();
        large.Log.HasNothingToWorryAbout();
    }

    [Theory]
    [InlineData("Number=one", "Number")]
    [InlineData("C.Number='is not valid for 'x'.", "C.Number")]
    [InlineData("Number=the maximum recursion depth of '99999999999999999999'", "Number")]
    [InlineData("Number=the maximum number of '99999999999999999999' elements", "Number")]
    [InlineData("Name=12345678901", "Name")]
    [InlineData("C.Name=12345678901", "C.Name")]
    public async Task A_field_that_is_wrong_is_named(string form, string field)
    {
        await using var site = await TreeSite.StartAsync();
        foreach (var endpoint in FormPaths)
        {
            await NamesFieldAsync(await PostAsync(site, endpoint, form, Form), endpoint == "/form" && form.Contains("Number", StringComparison.Ordinal) ? "Number" : field); // minimal APIs name the field without its way there
        }

        site.Log.HasNothingToWorryAbout();
    }

    [Theory]
    [InlineData("/bind")]
    [InlineData("/controller/json")]
    [InlineData("/api-controller/json")]
    public async Task So_is_one_of_JSON_that_does_not_meet_its_attributes(string endpoint)
    {
        await using var site = await TreeSite.StartAsync();

        await NamesFieldAsync(await PostAsync(site, endpoint, """{"name":"12345678901"}""", "application/json"), "Name");
        await NamesFieldAsync(await PostAsync(site, endpoint, """{"c":{"name":"12345678901"}}""", "application/json"), "C.Name");
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("""{"c":""", depth - 1)) + "{}" + new string('}', depth - 1);

    private static string Listed(int count) => string.Join('&', Enumerable.Range(0, count).Select(i => $"List[{i}]=1"));

    private static async Task NamesFieldAsync(HttpResponseMessage answer, string field)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{answer.StatusCode} {text}");
        Assert.Contains(field, JsonNode.Parse(text)!["errors"]!.AsObject().Select(error => error.Key));
    }

    private async Task<HttpResponseMessage> PostAsync(Site site, string path, string body, string type)
    {
        var browser = site.Visitor();
        browsers.Add(browser);
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await browser.PostAsync(path, content);
    }
}
