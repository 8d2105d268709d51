using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using ServiceDefaults.Limits.Queries;
using Tests.Parts;

namespace Tests.Limits.Queries;

/// <summary>Cursors as a client meets them.</summary>
public sealed class CursorTests
{
    private const string OtherSecret = "Zp4rT9uYw2eRq7sKd1fGh6jLx3cVb8nM5aQ0oWi-uPzB";

    [Fact]
    public async Task A_cursor_leads_on_and_is_the_same_on_every_replica()
    {
        await using var left = await StartAsync();
        await using var right = await StartAsync();

        var page = await PageAsync(left, "/numbers?first=3");
        Assert.Equal([1, 2, 3], page.Items);
        Assert.Equal(page.Next, (await PageAsync(right, "/numbers?first=3")).Next);
        Assert.Equal([4, 5, 6], (await PageAsync(right, $"/numbers?first=3&after={page.Next}")).Items);
        Assert.Null((await PageAsync(left, "/numbers?first=50")).Next);
    }

    [Fact]
    public async Task A_forged_cursor_and_one_of_another_list_are_refused_and_the_answer_names_the_field()
    {
        await using var site = await StartAsync();
        var cursor = (await PageAsync(site, "/numbers?first=3")).Next!;
        var tampered = cursor[..^1] + (cursor[^1] == 'A' ? 'E' : 'A');

        foreach (var forged in new[] { "", "3", "not+base64", tampered, "AAAAAAAAAAAAAAAAAAAAAAAz", new string('A', 4000) })
        {
            await AssertRefusedAsync(site, $"/numbers?after={Uri.EscapeDataString(forged)}");
        }

        await AssertRefusedAsync(site, $"/other-numbers?after={cursor}");
    }

    [Fact]
    public async Task A_cursor_survives_one_change_of_the_secret_and_is_too_old_after_the_next()
    {
        await using var before = await StartAsync();
        await using var rotated = await StartAsync(("SECRET", OtherSecret), ("SECRET_PREVIOUS", Site.Secret));
        await using var after = await StartAsync(("SECRET", OtherSecret));
        var cursor = (await PageAsync(before, "/numbers?first=3")).Next;

        Assert.Equal([4, 5, 6], (await PageAsync(rotated, $"/numbers?first=3&after={cursor}")).Items);
        await AssertRefusedAsync(after, $"/numbers?after={cursor}");
    }

    private static Task<Site> StartAsync(params (string Key, string Value)[] settings) => Site.StartAsync(
        app =>
        {
            var numbers = Enumerable.Range(1, 50).AsQueryable();
            app.MapGet("/numbers", (PageRequest page, LimitedQueries queries) => queries.PageAsync("numbers", page, numbers, number => number));
            app.MapGet("/other-numbers", (PageRequest page, LimitedQueries queries) => queries.PageAsync("other-numbers", page, numbers, number => number));
        },
        new Dictionary<string, string?>(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))) { ["Session:Store"] = "Memory" });

    private static async Task<Page<int>> PageAsync(Site site, string address)
    {
        using var browser = site.Visitor();
        return (await browser.GetFromJsonAsync<Page<int>>(address))!;
    }

    private static async Task AssertRefusedAsync(Site site, string address)
    {
        using var browser = site.Visitor();
        var answer = await browser.GetAsync(address);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Contains("is too old. Begin again without it.", body, StringComparison.Ordinal);
        Assert.Contains("\"errors\":{\"after\":[", body, StringComparison.Ordinal);
    }
}
