using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServiceDefaults.Headers;

/// <summary>What is worth knowing of a report, in characters that cannot forge a log line.</summary>
/// <param name="Directive">Which directive it was.</param>
/// <param name="Blocked">The origin that was blocked, or a word such as <c>inline</c>.</param>
/// <param name="Page">The path of the page.</param>
internal sealed partial record CspReport(string Directive, string Blocked, string Page)
{
    private const string Unclear = "(unclear)";

    /// <summary>Reads either form: an object with <c>csp-report</c> (<c>report-uri</c>), or a list of reports (<c>report-to</c>).</summary>
    /// <returns>The first violation; null when there is none.</returns>
    public static CspReport? Read(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object when Find(root, "csp-report") is { ValueKind: JsonValueKind.Object } body =>
            Make(Text(body, "effective-directive") ?? Text(body, "violated-directive"), Text(body, "blocked-uri"), Text(body, "document-uri")),
        JsonValueKind.Array => root.EnumerateArray()
            .Where(report => report.ValueKind == JsonValueKind.Object && Text(report, "type") == "csp-violation")
            .Select(report => Find(report, "body"))
            .Where(body => body is { ValueKind: JsonValueKind.Object })
            .Select(body => Make(Text(body!.Value, "effectiveDirective"), Text(body.Value, "blockedURL"), Text(body.Value, "documentURL")))
            .FirstOrDefault(),
        _ => null,
    };

    private static CspReport Make(string? directive, string? blocked, string? page) => new(
        Known(directive?.Split(' ')[0], DirectiveName()),
        Known(IsWeb(blocked, out var origin) ? origin.GetLeftPart(UriPartial.Authority) : blocked, OriginOrKeyword()),
        Known(IsWeb(page, out var address) ? address.AbsolutePath : null, PlainPath()));

    private static bool IsWeb(string? text, out Uri address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address!) && address.Scheme is "http" or "https" or "ws" or "wss";

    private static string Known(string? text, Regex form) => text is not null && form.IsMatch(text) ? text : Unclear;

    private static JsonElement? Find(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Find(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    [GeneratedRegex("^[a-z-]{1,30}\\z")]
    private static partial Regex DirectiveName();

    [GeneratedRegex("^(((https?|wss?)://)?[A-Za-z0-9.:_-]{1,100})\\z")]
    private static partial Regex OriginOrKeyword();

    [GeneratedRegex("^[A-Za-z0-9/._~%-]{1,100}\\z")]
    private static partial Regex PlainPath();
}
