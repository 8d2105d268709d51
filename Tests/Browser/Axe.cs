using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Tests.Browser;

/// <summary>axe-core: what keeps people out who see, hear or move otherwise.</summary>
internal static class Axe
{
    /// <summary>Fails with what axe finds on the page.</summary>
    public static async Task FindsNothingAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.Equal([], result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{page.Url}: {rule.Id}: {rule.Help}: {node.Html}")));
        Assert.NotEmpty(result.Passes);
    }
}
