using Microsoft.Playwright;

namespace Tests.Identity;

/// <summary>The account pages of the web app in a real browser.</summary>
internal static class AccountPages
{
    /// <summary>Whether it is the page that asks who one is.</summary>
    public static bool AsksWhoOneIs(this IPage page) => new Uri(page.Url).AbsolutePath == "/account/sign-in";

    /// <summary>Makes an account, from the page that asks who one is.</summary>
    public static async Task RegisterHereAsync(this IPage page, string name)
    {
        await page.ClickAsync("text=Register");
        await FillAsync(page, name, "#Password", "#Repeated");
    }

    public static async Task RegisterAsync(this IPage page, Uri site, string name)
    {
        await page.GotoAsync($"{site}account/sign-in");
        await page.RegisterHereAsync(name);
    }

    public static async Task SignInAsync(this IPage page, Uri site, string name)
    {
        await page.GotoAsync($"{site}account/sign-in");
        await FillAsync(page, name, "#Password");
    }

    private static async Task FillAsync(IPage page, string name, params string[] passwords)
    {
        await page.FillAsync("#Name", name);
        foreach (var field in passwords)
        {
            await page.FillAsync(field, AccountSite.Password);
        }

        await page.ClickAsync("main button");
    }
}
