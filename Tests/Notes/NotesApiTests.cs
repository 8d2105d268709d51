using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tests.Identity;
using Tests.Parts;

namespace Tests.Notes;

/// <summary>Notes as JSON.</summary>
public sealed class NotesApiTests
{
    [Theory]
    [InlineData("/notes/write")]
    [InlineData("/api/notes")]
    public async Task A_note_counts_as_a_write(string path)
    {
        await using var site = await NoteSite.StartAsync();
        using var visitor = site.Visitor();

        using var answer = await visitor.PostAsync(path, null);

        Assert.StartsWith("\"writes\";", answer.Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_goes_from_draft_to_published_and_to_nothing_and_strangers_see_only_the_published_one()
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");
        using var stranger = site.Visitor();

        var note = await CreateAsync(ann, "First");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/api/notes/{Id(note)}")).StatusCode);

        await ann.PostAsync($"/api/notes/{Id(note)}/publish", null);
        var seen = (await stranger.GetFromJsonAsync<JsonObject>($"/api/notes/{Id(note)}"))!;
        Assert.Equal(("First", "ann-1", null, "moderation"), ((string?)seen["title"], (string?)seen["author"], (string?)seen["moderation"], (string?)seen["withheld"]![0]));
        Assert.False(seen.ContainsKey("authorId"));
        Assert.Equal(Id(note), (string?)(await stranger.GetFromJsonAsync<JsonObject>("/api/notes"))!["items"]![0]!["id"]);

        Assert.Equal(HttpStatusCode.NoContent, (await ann.DeleteAsync($"/api/notes/{Id(note)}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/api/notes/{Id(note)}")).StatusCode);
        Assert.Empty((await stranger.GetFromJsonAsync<JsonObject>("/api/notes"))!["items"]!.AsArray());
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PATCH", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/publish")]
    [InlineData("POST", "/unpublish")]
    public async Task Another_authors_draft_is_missing_to_the_byte(string method, string path)
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");
        using var ben = await site.RegisterAsync("ben-1");
        var note = await CreateAsync(ann, "First");

        var forbidden = await ben.RawAsync(method, $"/api/notes/{Id(note)}{path}");
        var missing = await ben.RawAsync(method, $"/api/notes/{new string('0', 32)}{path}");

        Assert.StartsWith("404", forbidden, StringComparison.Ordinal);
        Assert.Equal(missing, forbidden);
    }

    [Fact]
    public async Task A_lost_update_is_refused()
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");
        var note = await CreateAsync(ann, "First");

        Assert.Equal(HttpStatusCode.OK, (await PatchAsync(ann, note, new { title = "Second", version = (string?)note["version"] })).StatusCode);
        await AssertRefusedAsync(HttpStatusCode.Conflict, "version", await PatchAsync(ann, note, new { title = "Third", version = (string?)note["version"] }));
        await AssertRefusedAsync(HttpStatusCode.BadRequest, "version", await PatchAsync(ann, note, new { title = "Third" }));
        Assert.Equal("Second", (string?)(await ann.GetFromJsonAsync<JsonObject>($"/api/notes/{Id(note)}"))!["title"]);
    }

    [Fact]
    public async Task A_moderator_takes_a_note_off_the_site_says_why_and_lets_it_return()
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");
        var note = await CreateAsync(ann, "First");
        await ann.PostAsync($"/api/notes/{Id(note)}/publish", null);
        using var moderator = await site.RegisterOperatorAsync();
        var unpublish = $"/api/notes/{Id(note)}/unpublish";

        await AssertRefusedAsync(HttpStatusCode.BadRequest, "moderation", await moderator.PostAsJsonAsync(unpublish, new { }));
        await AssertRefusedAsync(HttpStatusCode.Forbidden, "title", await moderator.PostAsJsonAsync(unpublish, new { moderation = "spam", title = "mine" }));
        Assert.Equal(HttpStatusCode.OK, (await moderator.PostAsJsonAsync(unpublish, new { moderation = "spam" })).StatusCode);

        Assert.Equal("spam", (string?)(await moderator.GetFromJsonAsync<JsonObject>($"/api/notes/{Id(note)}"))!["moderation"]);
        Assert.Null((string?)(await ann.GetFromJsonAsync<JsonObject>($"/api/notes/{Id(note)}"))!["moderation"]);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.PostAsync($"/api/notes/{Id(note)}/publish", null)).StatusCode);
        await AssertRefusedAsync(HttpStatusCode.Forbidden, "moderation", await ann.PostAsJsonAsync(unpublish, new { moderation = "fine" }));

        Assert.Equal(HttpStatusCode.OK, (await moderator.PostAsync($"/api/notes/{Id(note)}/release", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ann.PostAsync($"/api/notes/{Id(note)}/publish", null)).StatusCode);
    }

    public static TheoryData<string, string> BadBodies => new()
    {
        { """{"title":"t","text":"x","colour":"red"}""", "colour" },
        { """{"title":"t","text":"x","authorId":"ben"}""", "authorId" },
        { """{"title":"t","text":12}""", "text" },
        { """{"title":"t"}""", "text" },
        { """{"title":"  ","text":"x"}""", "title" },
        { """{"title":"\u200b\u202e","text":"x"}""", "title" },
        { """{"title":"a\u0000b","text":"x"}""", "title" },
        { """{"title":"a\nb","text":"x"}""", "title" },
        { """{"title":"t","text":"a\u0007b"}""", "text" },
        { $$"""{"title":"{{new string('t', 121)}}","text":"x"}""", "title" },
        { $$"""{"title":"t","text":"{{new string('x', 1024 * 1024)}}"}""", "text" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_note_that_cannot_be_kept_is_refused_and_its_field_is_named(string body, string field)
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");

        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await AssertRefusedAsync(HttpStatusCode.BadRequest, field, await ann.PostAsync("/api/notes", content));
    }

    [Fact]
    public async Task A_denied_field_refuses_the_whole_note()
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");

        await AssertRefusedAsync(HttpStatusCode.Forbidden, "isPublished", await ann.PostAsJsonAsync("/api/notes", new { title = "t", text = "x", isPublished = true }));
        Assert.Empty((await ann.GetFromJsonAsync<JsonObject>("/api/notes/mine"))!["items"]!.AsArray());
    }

    [Fact]
    public async Task Emoji_scripts_and_every_direction_of_writing_come_back_as_they_were_sent()
    {
        const string Text = "👩‍👩‍👧‍👦 <script>alert(1)</script> \"'\\ שלום مرحبا\n\ttab";
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");

        var note = await CreateAsync(ann, Text.Split('\n')[0], Text);

        Assert.Equal(Text, (string?)(await ann.GetFromJsonAsync<JsonObject>($"/api/notes/{Id(note)}"))!["text"]);
    }

    [Theory]
    [InlineData("first=0", "first")]
    [InlineData("first=-1", "first")]
    [InlineData("first=1000000000", "first")]
    [InlineData("first=ten", "first")]
    [InlineData("after=forged", "after")]
    public async Task A_page_that_cannot_be_had_is_refused_and_its_field_is_named(string query, string field)
    {
        await using var site = await NoteSite.StartAsync();
        using var visitor = site.Visitor();

        await AssertRefusedAsync(HttpStatusCode.BadRequest, field, await visitor.GetAsync($"/api/notes?{query}"));
    }

    [Fact]
    public async Task Who_has_not_signed_in_is_told_so_and_writes_nothing()
    {
        await using var site = await NoteSite.StartAsync();
        using var visitor = site.Visitor();

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.PostAsJsonAsync("/api/notes", new { title = "t", text = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync("/api/notes/mine")).StatusCode);
    }

    private static string Id(JsonObject note) => (string)note["id"]!;

    private static async Task<JsonObject> CreateAsync(Visitor browser, string title, string text = "text")
    {
        var answer = await browser.PostAsJsonAsync("/api/notes", new { title, text });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static Task<HttpResponseMessage> PatchAsync(Visitor browser, JsonObject note, object changes) => browser.PatchAsJsonAsync($"/api/notes/{Id(note)}", changes);

    private static async Task AssertRefusedAsync(HttpStatusCode status, string field, HttpResponseMessage answer)
    {
        Assert.Equal(status, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.NotEmpty((string)problem["errors"]![field]![0]!);
    }
}
