using System.Net.Http.Headers;
using System.Text;

namespace ServiceDefaults.Audit;

/// <summary>An answer as it was sent, with the beginning of its body.</summary>
/// <param name="Address">What was asked.</param>
/// <param name="Status">The status code.</param>
/// <param name="Headers">The headers, each with its lines.</param>
/// <param name="Body">Its first 256 KiB, as text.</param>
internal sealed record SentAnswer(Uri Address, int Status, ILookup<string, string> Headers, string Body)
{
    private const int MostBytes = 256 * 1024;

    public IEnumerable<SentCookie> Cookies => Headers["Set-Cookie"].Select(SentCookie.Parse);

    public bool IsHtml => Header("Content-Type").StartsWith("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether something is there: a health check that fails is 503.</summary>
    public bool IsFound => Status is (>= 200 and < 300) or 503;

    /// <summary>Where it leads; null when it leads nowhere.</summary>
    public Uri? Location => Status is 301 or 302 or 303 or 307 or 308 && Uri.TryCreate(Address, Header("Location"), out var location) ? location : null;

    /// <summary>A header's value; empty when there is none.</summary>
    public string Header(string name) => string.Join(", ", Headers[name]);

    /// <summary>A header for people, also one that is not there.</summary>
    public string Line(string name) => $"{name}: {(Headers.Contains(name) ? Header(name) : "(none)")}";

    public static async Task<SentAnswer> ReadAsync(Uri address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MostBytes];
        var length = await body.ReadAtLeastAsync(buffer, MostBytes, throwOnEndOfStream: false, cancellationToken);
        return new SentAnswer(address, (int)response.StatusCode, LinesOf(response.Headers).Concat(LinesOf(response.Content.Headers)).ToLookup(line => line.Key, line => line.Value, StringComparer.OrdinalIgnoreCase), Encoding.UTF8.GetString(buffer, 0, length));
    }

    private static IEnumerable<KeyValuePair<string, string>> LinesOf(HttpHeaders headers) =>
        headers.NonValidated.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)));
}
