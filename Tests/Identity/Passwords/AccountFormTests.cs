using Tests.Browser;
using Tests.Headers;

namespace Tests.Identity.Passwords;

/// <summary>The forms of accounts: what is wrong is named, and the page stays valid.</summary>
public sealed class AccountFormTests
{
    [Theory]
    [InlineData("/account/sign-in", "Name", "Password")]
    [InlineData("/account/register", "Name", "Password", "Repeated")]
    public async Task A_form_that_is_wrong_names_each_field_and_keeps_what_was_typed(string page, params string[] fields)
    {
        await using var site = await AccountSite.StartInMemoryAsync();
        using var browser = site.Visitor();

        var empty = await browser.SubmitAsync(page);
        Assert.All(fields, field => Assert.Contains($"id=\"{field}-error\"", empty.Text, StringComparison.Ordinal));

        var tooLong = await browser.SubmitAsync(page, [.. fields.Select(field => (field, new string('x', 300)))]);
        Assert.All(fields[..2], field => Assert.Contains($"id=\"{field}-error\"", tooLong.Text, StringComparison.Ordinal));
        Assert.Contains(new string('x', 300), tooLong.Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Every_page_is_valid_HTML()
    {
        Scanners.Require();
        await using var site = await AccountSite.StartInMemoryAsync();
        using var stranger = site.Visitor();
        using var ann = await site.RegisterAsync("ann");

        await Html.FindsNothingAsync(new Dictionary<string, string>
        {
            ["sign-in"] = await stranger.GetStringAsync("/account/sign-in"),
            ["registering"] = await stranger.GetStringAsync("/account/register"),
            ["password"] = await ann.GetStringAsync("/account/password"),
            ["sign-in, refused"] = (await stranger.SignInAsync("nobody")).Html,
            ["registering, refused"] = (await stranger.SubmitAsync("/account/register", ("Name", "x"), ("Password", "short"), ("Repeated", "other"))).Html,
        });
    }
}
