using Microsoft.Playwright;
using Tests.Browser;
using Tests.Parts;

namespace Tests.Identity;

/// <summary>Accounts as a person uses them, in two browsers and over two replicas.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class SignedInBrowserTests(Chromium chromium, RedisServer redis) : IClassFixture<Chromium>, IClassFixture<RedisServer>
{
    private readonly string name = "ann-" + Guid.NewGuid().ToString("N")[..8];

    [SkippableFact]
    public async Task Register_sign_in_elsewhere_and_end_the_other_session()
    {
        await using var left = await StartAsync();
        await using var right = await StartAsync();
        await using var desk = await chromium.NewContextAsync();
        await using var phone = await chromium.NewContextAsync(new BrowserNewContextOptions
        {
            UserAgent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
        });
        var onDesk = await desk.NewPageAsync();
        var onPhone = await phone.NewPageAsync();
        var messages = new List<string>();
        onDesk.Console += (_, message) => messages.Add(message.Text);
        onPhone.Console += (_, message) => messages.Add(message.Text);

        await onDesk.GotoAsync($"{left.Address}account/sessions");
        await onDesk.RegisterHereAsync(name);
        Assert.Equal($"{left.Address}account/sessions", onDesk.Url);
        Assert.Equal(1, await onDesk.Locator("tbody tr").CountAsync());

        await onPhone.SignInAsync(right.Address, name);
        Assert.Equal(name, await onPhone.InnerTextAsync(".menu a"));
        var phoneCookies = await phone.CookiesAsync();

        await onDesk.ReloadAsync();
        Assert.Equal(["Chrome on Linux", "Safari on iPhone"], (await onDesk.Locator("tbody th").AllInnerTextsAsync()).Select(text => text.Replace("this one", "").Trim()).Order());
        await onDesk.GetByRole(AriaRole.Button, new() { Name = "End the session on Safari on iPhone" }).ClickAsync();
        Assert.Equal("The session has ended.", await onDesk.InnerTextAsync(".message"));
        Assert.Equal(1, await onDesk.Locator("tbody tr").CountAsync());

        await onPhone.GotoAsync($"{right.Address}account/sessions");
        Assert.True(onPhone.AsksWhoOneIs(), onPhone.Url);

        // The cookie of the ended session comes back, even beside a new sign-in of the same browser: it never works again.
        await onPhone.SignInAsync(right.Address, name);
        await phone.ClearCookiesAsync();
        await phone.AddCookiesAsync(phoneCookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = right.Address.ToString() }));
        await onPhone.GotoAsync($"{right.Address}account/sessions");
        Assert.True(onPhone.AsksWhoOneIs(), onPhone.Url);
        Assert.Empty(messages);
    }

    [SkippableFact]
    public async Task Signing_out_leaves_nothing_in_the_browser()
    {
        await using var site = await StartAsync();
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.RegisterAsync(site.Address, name);
        await page.EvaluateAsync("localStorage.setItem('a', '1')");

        await page.ClickAsync(".menu button");

        Assert.Equal("Sign in", await page.InnerTextAsync(".menu a"));
        Assert.Null(await page.EvaluateAsync<string?>("localStorage.getItem('a')"));
        Assert.DoesNotContain(await context.CookiesAsync(), cookie => cookie.Name.EndsWith("-session", StringComparison.Ordinal));
    }

    private async Task<SiteProcess> StartAsync()
    {
        Chromium.Require();
        return await SiteProcess.StartAsync(new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["REDIS_URL"] = redis.Url });
    }
}
