using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Tests.Identity;
using Tests.Parts;

namespace Tests.AccessControl;

/// <summary>Policies as a client meets them.</summary>
public sealed class AccessEndpointTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Missing_and_forbidden_are_the_same_to_the_byte(string method)
    {
        await using var site = await BookSite.StartAsync();
        using var ann = await site.SignedInAsync("ann");

        var forbidden = await ann.RawAsync(method, "/books/3");
        var missing = await ann.RawAsync(method, "/books/4");

        Assert.StartsWith("404", forbidden, StringComparison.Ordinal);
        Assert.Equal(forbidden, missing);
    }

    [Fact]
    public async Task A_list_holds_what_the_caller_may_read()
    {
        await using var site = await BookSite.StartAsync();
        using var visitor = site.Visitor();
        using var ann = await site.SignedInAsync("ann");
        using var librarian = await site.SignedInAsync("lea");

        Assert.Equal(["One"], await TitlesAsync(visitor));
        Assert.Equal(["One", "Two"], await TitlesAsync(ann));
        Assert.Equal(["One", "Two", "Three"], await TitlesAsync(librarian));
    }

    [Fact]
    public async Task A_field_that_may_not_be_read_is_null_and_named_and_one_without_a_rule_is_not_there()
    {
        await using var site = await BookSite.StartAsync();
        using var visitor = site.Visitor();
        using var ann = await site.SignedInAsync("ann");
        using var librarian = await site.SignedInAsync("lea");

        Assert.Equal("""{"id":1,"title":"One","price":null,"remark":null,"withheld":["price","remark"]}""", await visitor.GetStringAsync("/books/1"));
        Assert.Equal("""{"id":1,"title":"One","price":10,"remark":null,"withheld":["remark"]}""", await ann.GetStringAsync("/books/1"));
        Assert.Equal("""{"id":1,"title":"One","price":10,"remark":"worn"}""", await librarian.GetStringAsync("/books/1"));
    }

    [Fact]
    public async Task So_it_is_in_the_JSON_of_pages_and_controllers()
    {
        var book = new Book { Id = 1, Title = "One", Price = 10, Remark = "worn" };
        await using var site = await BookSite.StartAsync(app =>
            app.MapGet("/page", (HttpContext context) => new JsonResult(book).ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor()))).AllowAnonymous());
        using var visitor = site.Visitor();

        Assert.Equal("""{"id":1,"title":"One","price":null,"remark":null,"withheld":["price","remark"]}""", await visitor.GetStringAsync("/page"));
    }

    [Fact]
    public async Task A_derived_type_is_guarded_as_its_base_and_what_it_adds_is_not_there()
    {
        await using var site = await BookSite.StartAsync(app => app.MapGet("/proxy", () => new BookProxy { Id = 1, Price = 10, Loader = "canary" }).AllowAnonymous());
        using var visitor = site.Visitor();

        Assert.Equal("""{"id":1,"title":"","price":null,"remark":null,"withheld":["price","remark"]}""", await visitor.GetStringAsync("/proxy"));
    }

    [Fact]
    public async Task A_write_with_a_denied_field_is_refused_whole_and_names_it()
    {
        await using var site = await BookSite.StartAsync();
        using var ann = await site.SignedInAsync("ann");

        var answer = await ann.PutAsJsonAsync("/books/2", new { title = "Changed", remark = "mine" });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("\"errors\":{\"remark\":[", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\"title\":\"Two\"", await ann.GetStringAsync("/books/2"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"titel":"x"}""", "titel")]
    [InlineData("""{"shelf":"x"}""", "shelf")]
    [InlineData("""{"withheld":[]}""", "withheld")]
    [InlineData("""{"price":"ten"}""", "price")]
    [InlineData("""{"price":null}""", "price")]
    [InlineData("""{"title":null}""", "title")]
    [InlineData("""{"title":"\ud800"}""", "title")]
    [InlineData("""{"title":"a","title":"b"}""", "$")]
    [InlineData("""{"title":""", "$")]
    [InlineData("[]", "$")]
    [InlineData("", "$")]
    public async Task A_write_that_cannot_be_understood_names_the_field(string body, string field)
    {
        await using var site = await BookSite.StartAsync();
        using var ann = await site.SignedInAsync("ann");

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await ann.PutAsync("/books/2", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"errors\":{{\"{field}\":[", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_be_written_is_written()
    {
        await using var site = await BookSite.StartAsync();
        using var ann = await site.SignedInAsync("ann");

        (await ann.PutAsJsonAsync("/books/2", new { title = "Changed", price = 7 })).EnsureSuccessStatusCode();

        Assert.Contains("\"title\":\"Changed\",\"price\":7", await ann.GetStringAsync("/books/2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_that_is_not_allowed_at_all_is_asked_to_sign_in_or_does_not_exist()
    {
        await using var site = await BookSite.StartAsync();
        using var visitor = site.Visitor();
        using var ann = await site.SignedInAsync("ann");

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.DeleteAsync("/books/1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.DeleteAsync("/books/1")).StatusCode);
    }

    [Fact]
    public async Task The_frameworks_authorization_service_asks_the_same_policy()
    {
        await using var site = await BookSite.StartAsync();
        using var ann = await site.SignedInAsync("ann");

        Assert.Equal(["false", "true", "false"], [await ann.GetStringAsync("/may-update/1"), await ann.GetStringAsync("/may-update/2"), await ann.GetStringAsync("/may-update/3")]);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_say_who_may_come_is_closed_and_the_log_says_the_fix()
    {
        await using var site = await BookSite.StartAsync(app => app.MapGet("/forgotten", () => "open"), closesUndeclared: true);
        using var visitor = site.Visitor();
        using var ann = await site.SignedInAsync("ann");

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync("/forgotten")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync("/forgotten")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await visitor.DeleteAsync("/forgotten")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/nothing-here")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/books")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/alive")).StatusCode);
        Assert.Single(site.Log.Entries, entry => entry.Message.Contains(" is closed, because it does not say who may come. Add .AllowAnonymous()", StringComparison.Ordinal)); // however often, and by whichever method, it is asked for
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ann")]
    public async Task Another_method_than_the_endpoints_is_a_405_to_everybody_and_says_which_there_are(string? user)
    {
        await using var site = await BookSite.StartAsync(closesUndeclared: true);
        using var visitor = user is null ? site.Visitor() : await site.SignedInAsync(user);

        using var answer = await visitor.DeleteAsync("/books");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET"], answer.Content.Headers.Allow);
    }

    private static async Task<string[]> TitlesAsync(HttpClient browser) =>
        [.. (await browser.GetFromJsonAsync<Listed[]>("/books"))!.Select(book => book.Title)];

    private sealed class BookProxy : Book
    {
        public string? Loader { get; set; }
    }

    private sealed record Listed(string Title);
}
