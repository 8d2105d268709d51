using Microsoft.AspNetCore.Builder;
using Tests.Parts;

namespace Tests.Limits;

/// <summary>What the server refuses itself, before there is a request: a status, and the connection is closed.</summary>
public sealed class ServerLimitTests
{
    [Theory]
    [InlineData("a first line above 8 KiB", 414)]
    [InlineData("a header more than 100", 431)]
    [InlineData("2,500 headers", 431)]
    [InlineData("headers above 32 KiB", 431)]
    [InlineData("10 MB of header", 431)]
    [InlineData("a length that is no number", 400)]
    public async Task Answers_with_a_4xx_and_closes(string what, int status)
    {
        await using var site = await Site.StartAsync(app => app.MapGet("/", () => "ok"));

        var answer = await Wire.AskAsync(site.Address, RequestWith(what));

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        site.Log.HasNothingToWorryAbout();
    }

    [Fact]
    public async Task One_connection_more_than_allowed_is_closed_at_once_and_the_others_are_served()
    {
        await using var site = await Site.StartAsync(
            app => app.MapGet("/", () => "ok"), new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["Limits:Connections:Count"] = "10" });
        var open = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Wire.ConnectAsync(site.Address)));
        foreach (var wire in open)
        {
            await wire.TrySendAsync("GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\n\r\n");
            Assert.NotEmpty(await wire.ReadAsync()); // an answer: the server has counted this connection
        }

        using var next = await Wire.ConnectAsync(site.Address);
        await Eventually.TrueAsync(() => Task.FromResult(next.ReadsToTheEnd()), "the eleventh connection is closed");
        await open[0].TrySendAsync("GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n");
        Assert.Contains("HTTP/1.1 200 ", await open[0].ReadToEndAsync(), StringComparison.Ordinal);
        foreach (var wire in open)
        {
            wire.Dispose();
        }
    }

    private static string RequestWith(string what) => what switch
    {
        "a first line above 8 KiB" => $"GET /{new string('x', 8192)} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "a header more than 100" => Headers(100, "1"),
        "2,500 headers" => Headers(2500, "1"),
        "headers above 32 KiB" => Headers(8, new string('x', 4096)),
        "10 MB of header" => Headers(1, new string('x', 10_000_000)),
        _ => "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1x\r\n\r\n",
    };

    private static string Headers(int count, string value) =>
        $"GET / HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, count).Select(i => $"x-{i}: {value}\r\n"))}\r\n";
}
