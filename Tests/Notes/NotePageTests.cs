using System.Net;
using System.Text.RegularExpressions;
using Tests.Identity;
using Tests.Parts;

namespace Tests.Notes;

/// <summary>Notes as pages; their forms lose nothing that was typed.</summary>
public sealed partial class NotePageTests
{
    public static TheoryData<string, string, string, string> BadNotes => new()
    {
        { "", "kept text", "Title", "Enter a title." },
        { "kept title", "", "Text", "Enter a text." },
        { "kept title", "\u200b \u202e", "Text", "Enter a text." },
        { new string('t', 121), "kept text", "Title", "The title has 121 characters; at most 120 are kept." },
        { "kept title", "a\0b", "Text", "The text holds a character that cannot be shown (U+0000)." },
        { "<script>alert(1)</script>\u0007", "kept text", "Title", "The title holds a character that cannot be shown (U+0007)." },
        { "kept title", new string('ü', 500_000), "Text", "The text has 500,000 characters; at most 50,000 are kept." }, // 1 MB
    };

    [Theory]
    [MemberData(nameof(BadNotes))]
    public async Task A_note_that_cannot_be_kept_names_the_field_and_the_form_comes_back_filled(string title, string text, string field, string why)
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");

        var page = await ann.GetStringAsync("/notes/write");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(title), "Title" },
            { new StringContent(text), "Text" },
            { new StringContent(Forms.TokenIn(page)), "__RequestVerificationToken" },
        };
        using var answer = await ann.PostAsync("/notes/write", form);
        var again = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Matches($"id=\"{field}-error\">{Regex.Escape(why)}", again);
        Assert.Contains(title.Length == 0 ? "name=\"Title\"" : $"value=\"{Shown(title)}\"", again, StringComparison.Ordinal);
        Assert.Contains($">{Shown(text)}</textarea>", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_tab_overwrites_nothing_and_keeps_what_was_typed_in_it()
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");
        var edit = await WriteAsync(ann, "First", "text");
        var version = VersionOf(await ann.GetStringAsync(edit)); // both tabs have seen it

        Assert.Equal("/notes/mine", (await ann.SubmitAsync(edit, ("Title", "First tab"), ("Text", "one"), ("Version", version))).Location);
        var second = await ann.SubmitAsync(edit, ("Title", "Second tab"), ("Text", "two"), ("Version", version));

        Assert.Contains("changed elsewhere", second.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"Second tab\"", second.Text, StringComparison.Ordinal);
        Assert.Contains(">two</textarea>", second.Text, StringComparison.Ordinal);
        Assert.Contains(">First tab</h2>", second.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"First tab\"", await ann.GetStringAsync(edit), StringComparison.Ordinal);

        // Having seen it, the second tab may.
        Assert.True((await ann.SubmitAsync(edit, ("Title", "Second tab"), ("Text", "two"), ("Version", VersionOf(second.Text)))).IsRedirect);
    }

    [Fact]
    public async Task A_field_that_somebody_adds_to_the_form_refuses_the_whole_note()
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");

        var answer = await ann.SubmitAsync("/notes/write", ("Title", "kept title"), ("Text", "kept text"), ("Moderation", "fine"));

        Assert.Contains("You may not write the field \"Moderation\".", answer.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"kept title\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("You have not written a note yet.", await ann.GetStringAsync("/notes/mine"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_authors_draft_is_missing_to_the_byte()
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");
        using var ben = await site.RegisterAsync("ben-1");
        using var visitor = site.Visitor();
        var edit = await WriteAsync(ann, "Secret plans", "text");
        var missing = "/notes/" + new string('0', 32);

        foreach (var (browser, path) in new[] { (ben, ""), (visitor, ""), (ben, "/edit") })
        {
            var forbidden = await browser.RawAsync("GET", edit.Replace("/edit", path, StringComparison.Ordinal), "text/html");
            Assert.StartsWith("404", forbidden, StringComparison.Ordinal);
            Assert.Equal(await browser.RawAsync("GET", missing + path, "text/html"), forbidden);
        }
    }

    [Fact]
    public async Task What_everybody_sees_is_the_same_for_everybody()
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");
        using var visitor = site.Visitor();
        var note = (await WriteAsync(ann, "Open", "text", "?handler=Publish")).Replace("/edit", "", StringComparison.Ordinal);

        foreach (var page in new[] { "/notes", note })
        {
            var seen = await visitor.GetAsync(page);
            Assert.Equal(await seen.Content.ReadAsStringAsync(), await ann.GetStringAsync(page));
            Assert.False(seen.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task A_moderator_takes_a_note_off_the_site_with_a_reason_that_the_author_does_not_see()
    {
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");
        using var visitor = site.Visitor();
        var edit = await WriteAsync(ann, "Open", "text", "?handler=Publish");
        var note = edit.Replace("/edit", "", StringComparison.Ordinal);
        using var moderator = await site.RegisterOperatorAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await ann.OpenAsync(note + "/moderate")).StatusCode);
        Assert.Contains("Enter a reason.", (await moderator.SubmitAsync(note + "/moderate", ("Moderation", " "))).Text, StringComparison.Ordinal);
        Assert.Equal("/notes/moderation", (await moderator.SubmitAsync(note + "/moderate", ("Moderation", "canary"))).Location);

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(note)).StatusCode);
        Assert.Contains("canary", await moderator.GetStringAsync("/notes/moderation"), StringComparison.Ordinal);
        var mine = await ann.GetStringAsync("/notes/mine");
        Assert.Contains("A moderator has taken this note off the site.", mine, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", mine + await ann.GetStringAsync(note), StringComparison.Ordinal);
        var refused = await ann.SubmitToAsync(edit, edit + "?handler=Publish", ("Title", "Open"), ("Text", "better"), ("Version", VersionOf(await ann.GetStringAsync(edit))));
        Assert.Contains("so it cannot be published", refused.Text, StringComparison.Ordinal);

        await moderator.SubmitToAsync("/notes/moderation", "/notes/moderation?handler=Release", ("id", note[^32..]));
        Assert.True((await ann.SubmitToAsync("/notes/mine", "/notes/mine?handler=Publish", ("id", note[^32..]))).IsRedirect);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(note)).StatusCode);
    }

    [Theory]
    [InlineData("?first=0", "from 1 to 100")]
    [InlineData("?first=1000000000", "from 1 to 100")]
    [InlineData("?first=ten", "from 1 to 100")]
    [InlineData("?after=forged", "is too old")]
    public async Task A_page_that_cannot_be_had_says_why(string query, string why)
    {
        await using var site = await NoteSite.StartAsync();
        using var visitor = site.Visitor();

        var answer = await visitor.OpenAsync("/notes" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Writes a note, and finds the page on which it is changed.</summary>
    internal static async Task<string> WriteAsync(Visitor browser, string title, string text, string handler = "")
    {
        var answer = await browser.SubmitToAsync("/notes/write", "/notes/write" + handler, ("Title", title), ("Text", text));
        Assert.Equal("/notes/mine", answer.Location);
        return EditLink().Match(await browser.GetStringAsync("/notes/mine")).Value;
    }

    private static string VersionOf(string html) => VersionField().Match(html).Groups[1].Value;

    private static string Shown(string typed) => typed.Replace('\0', '\uFFFD').Replace('\u0007', '\uFFFD');

    [GeneratedRegex("/notes/[0-9a-f]{32}/edit")]
    private static partial Regex EditLink();

    [GeneratedRegex("name=\"Version\" value=\"([^\"]+)\"")]
    private static partial Regex VersionField();
}
