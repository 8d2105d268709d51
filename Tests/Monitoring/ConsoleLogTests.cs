using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary>The console log of the web app, as a log collector gets it.</summary>
public sealed class ConsoleLogTests
{
    [Fact]
    public async Task In_Production_each_line_is_one_event_in_JSON_with_UTC_time_level_and_trace_id()
    {
        await using var site = await StartAsync("Production");
        using var visitor = site.Visitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        await visitor.SendAsync(request); // over plain HTTP, which is told in the log
        await Eventually.TrueAsync(() => Task.FromResult(site.Output.Contains("plain HTTP", StringComparison.Ordinal)), "the request is in the log");

        var events = site.Output.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();

        Assert.All(events, e =>
        {
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", e.GetProperty("Timestamp").GetString());
            Assert.Contains(e.GetProperty("LogLevel").GetString(), Enum.GetNames<Microsoft.Extensions.Logging.LogLevel>());
        });
        var told = events.Single(e => e.GetProperty("Message").GetString()!.Contains("plain HTTP", StringComparison.Ordinal));
        Assert.Contains("0af7651916cd43dd8448eb211c80319c", told.GetProperty("Scopes").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Development_it_is_for_people()
    {
        await using var site = await StartAsync("Development");

        Assert.Contains("info: Microsoft.Hosting.Lifetime", site.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_attacks_cannot_fill_the_log_with_warnings()
    {
        await using var site = await StartAsync("Production");
        using var attacker = site.Visitor().OverHttps();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 150; i++)
        {
            await SendAsync(HttpMethod.Get, "/", ("Cookie", $"__Host-shop-session={new string('A', 86)}"));
            await SendAsync(HttpMethod.Get, "/../../etc/passwd", ("X-Forwarded-For", "1.2.3.4, not-an-address"));
            await SendAsync(HttpMethod.Get, "/account/sessions?returnUrl=//evil.example", ("Host", "evil.example"));
            await SendAsync(HttpMethod.Post, "/account/sign-out", ("Cookie", "__Host-shop-antiforgery=rotten"));
            await SendAsync(HttpMethod.Delete, "/status", ("X-Original-URL", "/operators/users"));
        }

        var lines = site.Output.Split('\n');
        Assert.InRange(lines.Count(line => line.Contains("\"LogLevel\":\"Warning\"", StringComparison.Ordinal) || line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal)), 0, 20 * (1 + (int)watch.Elapsed.TotalMinutes)); // in each minute

        async Task SendAsync(HttpMethod method, string path, (string Name, string Value) header)
        {
            using var request = new HttpRequestMessage(method, path) { Content = method == HttpMethod.Post ? new StringContent("a=b", new MediaTypeHeaderValue("application/x-www-form-urlencoded")) : null };
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
            (await attacker.SendAsync(request)).Dispose();
        }
    }

    private static Task<SiteProcess> StartAsync(string environment) => SiteProcess.StartAsync(new Dictionary<string, string?>
    {
        ["ASPNETCORE_ENVIRONMENT"] = environment,
        ["AllowedHosts"] = "shop.example;127.0.0.1;localhost",
        ["SECRET"] = Site.Secret,
        ["Session__Store"] = "Memory",
        ["Monitoring__DrainDelay"] = "00:00:00",
    });
}
