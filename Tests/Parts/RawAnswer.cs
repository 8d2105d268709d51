using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Tests.Parts;

/// <summary>An answer to the byte.</summary>
internal static partial class RawAnswer
{
    /// <summary>Everything that a client sees, but for the time and the value of the trace id.</summary>
    public static async Task<string> RawAsync(this HttpClient browser, string method, string address, string accept = "*/*")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = method is "GET" or "DELETE" ? null : JsonContent.Create(new { }) };
        request.Headers.Add("Accept", accept);
        using var response = await browser.SendAsync(request);
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Where(header => header.Key != "Date");
        return $"{(int)response.StatusCode}\n{string.Join('\n', headers.Select(header => $"{header.Key}: {header.Value}"))}\n{TraceId().Replace(await response.Content.ReadAsStringAsync(), "TRACE")}";
    }

    [GeneratedRegex("(?<=\"traceId\":\")[0-9a-f]{32}")]
    private static partial Regex TraceId();
}
