using Tests.Parts;
using Xunit.Abstractions;

namespace Tests.Attacks;

/// <summary>Requests that no honest client sends bounce off: a 4xx, never a 500, and none is taken for two.</summary>
[Collection(Alone.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed class MalformedRequestTests(ITestOutputHelper output)
{
    private const string Start = "POST / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\n";
    private const string Smuggled = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\n\r\n";

    public static TheoryData<string, string, int> Shapes => new()
    {
        { "a length and chunks", $"{Start}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n{Smuggled}", 400 },
        { "two lengths", $"{Start}Content-Length: 5\r\nContent-Length: 0\r\n\r\n{Smuggled}", 400 },
        { "two lengths in one", $"{Start}Content-Length: 5, 0\r\n\r\n{Smuggled}", 400 },
        { "a negative length", $"{Start}Content-Length: -1\r\n\r\n{Smuggled}", 400 },
        { "an unknown coding", $"{Start}Transfer-Encoding: xchunked\r\n\r\n{Smuggled}", 400 },
        { "chunks that are not last", $"{Start}Transfer-Encoding: chunked, identity\r\n\r\n{Smuggled}", 400 },
        { "a coding with a tab", $"{Start}Transfer-Encoding:\vchunked\r\n\r\n{Smuggled}", 400 },
        { "a space before the colon", $"{Start}Transfer-Encoding : chunked\r\n\r\n{Smuggled}", 400 },
        { "a bare line feed", "GET / HTTP/1.1\nHost: localhost\n\n", 400 },
        { "a bare line feed after a header", $"{Start}X: 1\nContent-Length: 0\r\n\r\n", 400 },
        { "a folded header", $"{Start}X: 1\r\n Y: 2\r\n\r\n", 400 },
        { "a chunk that is no number", $"{Start}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400 },
        { "no host", "GET / HTTP/1.1\r\n\r\n", 400 },
        { "two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400 },
        { "TRACE", "TRACE / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n", 405 },
        { "a null byte", "GET /%00 HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\n\r\n", 400 },
        { "a raw null byte", "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
        { "a traversal", "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n", 404 },
        { "an encoded traversal", "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n", 404 },
        { "a traversal with backslashes", "GET /..%5c..%5cappsettings.json HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n", 404 },
        { "a settings file", "GET /appsettings.json HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n", 404 },
        { "no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400 },
    };

    [Fact]
    public async Task Each_is_refused_and_none_is_taken_for_two()
    {
        await using var site = await AttackedSite.StartAsync(output);
        var answers = await Task.WhenAll(Shapes.Select(async shape => ((string)shape[0], Expected: (int)shape[2], Answer: await Wire.AskAsync(site.Address, (string)shape[1]))));

        Assert.All(answers, answer => Assert.StartsWith($"HTTP/1.1 {answer.Expected} ", answer.Answer, StringComparison.Ordinal));
        output.WriteLine(string.Join(", ", answers.CountBy(answer => answer.Answer[9..12]).Select(status => $"{status.Key}: {status.Value}")));
        Assert.All(answers, answer => Assert.Equal(1, answer.Answer.Split("HTTP/1.1 ").Length - 1));
        await site.HasComeThroughAsync();
    }
}
