using System.Net;
using System.Text.RegularExpressions;
using Tests.Parts;

namespace Tests.Identity;

/// <summary>Opens a page and sends its form, as a browser does.</summary>
internal static partial class Forms
{
    /// <summary>Sends the form of a page to the page itself, or to one of its handlers.</summary>
    public static Task<FormAnswer> SubmitAsync(this Visitor browser, string page, params (string Name, string Value)[] fields) =>
        browser.SubmitToAsync(page, page, fields);

    public static async Task<FormAnswer> SubmitToAsync(this Visitor browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await browser.GetStringAsync(page);
        using var form = new FormUrlEncodedContent([
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            new("__RequestVerificationToken", TokenIn(html)),
        ]);
        using var response = await browser.PostAsync(action, form);
        return new FormAnswer(
            response.StatusCode,
            response.Headers.Location?.OriginalString,
            await response.Content.ReadAsStringAsync(),
            response.Headers.RetryAfter?.Delta);
    }

    public static string TokenIn(string html) => Token().Match(html).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

/// <summary>What came of a form.</summary>
internal sealed record FormAnswer(HttpStatusCode Status, string? Location, string Html, TimeSpan? RetryAfter)
{
    public string Text => WebUtility.HtmlDecode(Html);

    public bool IsRedirect => Status == HttpStatusCode.Redirect;
}
