using Microsoft.Playwright;
using Tests.Browser;
using Tests.Identity;
using Tests.Parts;

namespace Tests.Notes;

/// <summary>Notes as a person uses them.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class NoteBrowserTests(Chromium chromium, RedisServer redis) : IClassFixture<Chromium>, IClassFixture<RedisServer>
{
    private readonly string name = "ann-" + Guid.NewGuid().ToString("N")[..8];

    [SkippableFact]
    public async Task Register_write_publish_be_read_by_a_stranger_and_sign_out_everywhere()
    {
        await using var site = await StartAsync();
        await using var desk = await chromium.NewContextAsync();
        await using var elsewhere = await chromium.NewContextAsync();
        var messages = new List<string>();
        var author = await NewPageAsync(desk, messages);
        var stranger = await NewPageAsync(elsewhere, messages);

        await author.GotoAsync($"{site.Address}notes");
        await author.ClickAsync("text=Write a note");
        await author.RegisterHereAsync(name);
        Assert.Equal($"{site.Address}notes/write", author.Url);

        await FillAndSendAsync(author, "Save as a draft", ("Title", "A first note"), ("Text", "Two lines,\nand an end."));
        Assert.Equal("Your note is saved. Only you see it.", await author.InnerTextAsync(".message"));
        await author.ClickAsync("text=Edit");
        await FillAndSendAsync(author, "Save and publish", ("Title", "A better note"));
        Assert.Equal("Your note is published.", await author.InnerTextAsync(".message"));

        await stranger.GotoAsync($"{site.Address}notes");
        await stranger.ClickAsync("text=A better note");
        Assert.Equal("A better note", await stranger.InnerTextAsync("h1"));
        Assert.Equal("Two lines,\nand an end.", await stranger.InnerTextAsync(".prose"));
        Assert.Empty(await elsewhere.CookiesAsync());

        await author.ClickAsync($".menu >> text={name}");
        await author.ClickAsync("text=Sign out everywhere");
        await author.GotoAsync($"{site.Address}notes/mine");
        Assert.True(author.AsksWhoOneIs(), author.Url);
        Assert.Empty(messages);
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Every_page_is_open_to_everybody_fits_its_screen_and_keeps_the_console_silent(ColorScheme scheme, int width)
    {
        await using var site = await StartAsync();
        await using var context = await chromium.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 800 } });
        var messages = new List<string>();
        var page = await NewPageAsync(context, messages);

        foreach (var path in new[] { "", "notes", "account/sign-out" })
        {
            await LookAsync(path);
        }

        await page.RegisterAsync(site.Address, name);
        await LookAsync("notes/mine"); // empty
        foreach (var (title, text) in new[]
        {
            (new string('w', 120), new string('w', 300) + "\n" + string.Concat(Enumerable.Repeat("A long note goes on and on. ", 750))), // 20 KB
            ("عنوان من اليمين", "نص من اليمين إلى اليسار.\nEnglish in between."),
            ("👩‍👩‍👧 <script>alert('&')</script>", "<b>not bold</b>"),
        })
        {
            await page.GotoAsync($"{site.Address}notes/write");
            await FillAndSendAsync(page, "Save and publish", ("Title", title), ("Text", text));
        }

        await LookAsync("notes/mine");
        await page.GotoAsync($"{site.Address}notes");
        await page.ReloadAsync(); // past what the browser itself has kept since it was last here
        await LookAsync(null);
        Assert.Equal("rtl", await page.EvaluateAsync<string>("getComputedStyle([...document.querySelectorAll('h2')].find(title => title.innerText.startsWith('عنوان'))).direction"));
        await page.ClickAsync("li:nth-child(3) h2 a");
        await LookAsync(null);
        await page.GotoAsync($"{site.Address}notes/mine");
        await page.ClickAsync("li:nth-child(3) >> text=Edit");
        await page.EvaluateAsync("document.querySelector('form.card').noValidate = true");
        await FillAndSendAsync(page, "Save as a draft", ("Title", ""));
        await LookAsync(null); // with an error
        await LookAsync("account/sessions");

        Assert.Empty(messages);

        async Task LookAsync(string? path)
        {
            if (path is not null)
            {
                await page.GotoAsync(site.Address + path);
            }

            await Axe.FindsNothingAsync(page);
            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    private static async Task<IPage> NewPageAsync(IBrowserContext context, List<string> messages)
    {
        var page = await context.NewPageAsync();
        page.Console += (_, message) => messages.AddRange(message.Text.StartsWith("Clear-Site-Data header", StringComparison.Ordinal) ? [] : [message.Text]); // that it was obeyed
        page.PageError += (_, error) => messages.Add(error);
        return page;
    }

    private static async Task FillAndSendAsync(IPage page, string button, params (string Field, string Value)[] fields)
    {
        foreach (var (field, value) in fields)
        {
            await page.FillAsync($"#{field}", value);
        }

        await page.ClickAsync($"main button:text-is('{button}')");
    }

    private async Task<SiteProcess> StartAsync()
    {
        Chromium.Require();
        return await SiteProcess.StartAsync(new Dictionary<string, string?> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["REDIS_URL"] = redis.Url });
    }
}
