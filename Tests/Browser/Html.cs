using Tests.Headers;

namespace Tests.Browser;

/// <summary>html-validate: what the HTML standard has against a page.</summary>
internal static class Html
{
    /// <summary>Fails with what it finds on the pages.</summary>
    /// <param name="pages">What each is called in the failure, and its text.</param>
    public static async Task FindsNothingAsync(IReadOnlyDictionary<string, string> pages) =>
        Assert.Equal([], (await Scanners.ValidateHtmlAsync(pages)).AsArray().Select(finding => (string?)finding));
}
