using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Tests.Parts;

namespace Tests.Limits;

/// <summary>An answer that names a limit.</summary>
internal static class Problem
{
    public static async Task NamesAsync(this HttpResponseMessage answer, HttpStatusCode status, string limit, long maximum)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal((limit, maximum), (problem["limit"]?.GetValue<string>(), problem["maximum"]?.GetValue<long>()));
        Assert.Contains(maximum.ToString(System.Globalization.CultureInfo.InvariantCulture), problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    /// <summary>What a client sends is no reason to wake somebody up.</summary>
    public static void HasNothingToWorryAbout(this Log log) => Assert.DoesNotContain(log.Entries, entry => entry.Level >= LogLevel.Warning);
}
