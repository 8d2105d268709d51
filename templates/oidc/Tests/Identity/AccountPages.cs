using Microsoft.Playwright;
using Tests.Identity.OpenIdConnect;

namespace Tests.Identity;

/// <summary>The provider's page in a real browser.</summary>
internal static class AccountPages
{
    /// <summary>Whether it is the page that asks who one is.</summary>
    public static bool AsksWhoOneIs(this IPage page) => page.Url.StartsWith(FakeProvider.Shared.Address, StringComparison.Ordinal);

    /// <summary>Signs in, from the page that asks who one is.</summary>
    public static async Task RegisterHereAsync(this IPage page, string name)
    {
        await page.FillAsync("#user", name);
        await page.ClickAsync("main button");
    }

    public static Task RegisterAsync(this IPage page, Uri site, string name) => page.SignInAsync(site, name);

    public static async Task SignInAsync(this IPage page, Uri site, string name)
    {
        await page.GotoAsync($"{site}account/sign-in");
        await page.RegisterHereAsync(name);
    }
}
