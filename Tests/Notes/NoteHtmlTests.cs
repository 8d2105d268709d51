using Tests.Browser;
using Tests.Headers;
using Tests.Identity;
using Tests.Parts;

namespace Tests.Notes;

/// <summary>The HTML of the pages about notes, without and with something on them.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class NoteHtmlTests
{
    [SkippableFact]
    public async Task Every_page_is_valid_HTML()
    {
        Scanners.Require();
        await using var site = await NoteSite.StartAsync();
        using var ann = await site.RegisterAsync("ann-1");
        using var moderator = await site.RegisterOperatorAsync();
        var pages = new Dictionary<string, string>
        {
            ["mine, empty"] = await ann.GetStringAsync("/notes/mine"),
            ["moderation, empty"] = await moderator.GetStringAsync("/notes/moderation"),
            ["write, refused"] = (await ann.SubmitAsync("/notes/write", ("Title", ""), ("Text", ""))).Html,
        };
        await NotePageTests.WriteAsync(ann, "\"<&>'", "</textarea><p>", "?handler=Publish");
        var edit = await NotePageTests.WriteAsync(ann, "\u0639\u0646", "\u0646\u0635\n\nand more", "?handler=Publish");
        var note = edit.Replace("/edit", "", StringComparison.Ordinal);
        pages["moderate, refused"] = (await moderator.SubmitAsync(note + "/moderate", ("Moderation", ""))).Html;
        foreach (var path in new[] { "/notes", "/notes?first=1", "/notes/mine", "/notes/write", note, edit })
        {
            pages[path] = await ann.GetStringAsync(path);
        }

        pages["moderate"] = await moderator.GetStringAsync(note + "/moderate");
        await moderator.SubmitAsync(note + "/moderate", ("Moderation", "a reason"));
        pages["moderation"] = await moderator.GetStringAsync("/notes/moderation");
        pages["mine, moderated"] = await ann.GetStringAsync("/notes/mine");

        await Html.FindsNothingAsync(pages);
    }
}
