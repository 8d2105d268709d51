using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Tests.Parts;

/// <summary>An answer to the byte.</summary>
internal static partial class RawAnswer
{
    /// <summary>Everything that a client sees, but for the time, the values of trace id and nonce, and how many requests are left.</summary>
    public static async Task<string> RawAsync(this HttpClient browser, string method, string address, string accept = "*/*")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = method is "GET" or "DELETE" ? null : JsonContent.Create(new { }) };
        request.Headers.Add("Accept", accept);
        using var response = await browser.SendAsync(request);
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Where(header => header.Key is not ("Date" or "RateLimit"));
        var answer = $"{(int)response.StatusCode}\n{string.Join('\n', headers.Select(header => $"{header.Key}: {header.Value}"))}\n{await response.Content.ReadAsStringAsync()}";
        return Nonce().Replace(TraceId().Replace(answer, "TRACE"), "nonce");
    }

    [GeneratedRegex("(?<=\"traceId\":\"|<code>)[0-9a-f]{32}")]
    private static partial Regex TraceId();

    [GeneratedRegex("(?<=nonce-|nonce=\")[A-Za-z0-9+/]{22}==")]
    private static partial Regex Nonce();
}
