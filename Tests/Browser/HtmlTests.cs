using Tests.Headers;
using Tests.Identity;
using Tests.Parts;

namespace Tests.Browser;

/// <summary>The HTML of the pages that every application has, without and with something on them.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class HtmlTests
{
    [SkippableFact]
    public async Task Every_page_is_valid_HTML()
    {
        Scanners.Require();
        await using var site = await AccountSite.StartInMemoryAsync();
        using var stranger = site.Visitor();
        using var operators = await site.RegisterOperatorAsync();
        var pages = new Dictionary<string, string>();
        foreach (var path in new[] { "/", "/status", "/account/sign-out", "/is-not-there" })
        {
            pages[path] = await TextAsync(stranger, path);
        }

        foreach (var path in new[] { "/", "/checklist", "/account/sessions", "/operators/users" })
        {
            pages[path + " of an operator"] = await TextAsync(operators, path);
        }

        await Html.FindsNothingAsync(pages);
    }

    private static async Task<string> TextAsync(Visitor visitor, string path) => await (await visitor.GetAsync(path)).Content.ReadAsStringAsync();

    [SkippableFact]
    public async Task The_validator_does_find_fault_with_a_page_that_has_one()
    {
        Scanners.Require();

        Assert.NotEmpty((await Scanners.ValidateHtmlAsync(new Dictionary<string, string> { ["page"] = "<!DOCTYPE html><html lang=\"en\"><p><div></p></html>" })).AsArray());
    }
}
