using System.Text;
using Tests.Parts;
using Xunit.Abstractions;

namespace Tests.Attacks;

/// <summary>What is far too large is cut early, and not read to its end.</summary>
[Collection(Alone.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed class LargeRequestTests(ITestOutputHelper output)
{
    private const int Enormous = 200_000_000;

    [Fact]
    public async Task Bodies_of_200_MB_are_cut_long_before_their_end()
    {
        await using var site = await AttackedSite.StartAsync(output);
        var most = 0;
        foreach (var path in new[] { "/", "/account/sign-out", "/counter", "/nothing" })
        {
            foreach (var isChunked in new[] { false, true })
            {
                var (sent, answer) = await SendAsync(site.Address, path, isChunked);
                most = Math.Max(most, sent);
                Assert.InRange(sent, 0, Enormous / (isChunked ? 10 : 5));
                Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
            }
        }

        output.WriteLine($"of 200 MB at most {most / 1_000_000.0:F1} MB were taken");
        await site.HasComeThroughAsync();
    }

    [Fact]
    public async Task Headers_of_10_MB_and_forms_and_JSON_of_a_hundred_thousand_parts_bounce_off()
    {
        await using var site = await AttackedSite.StartAsync(output);
        string[] attacks =
        [
            $"GET / HTTP/1.1\r\nHost: localhost\r\nx: {new string('x', 10_000_000)}\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, 2500).Select(i => $"x-{i}: 1\r\n"))}\r\n",
            Post("application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 100_000).Select(i => $"k{i}="))),
            Post("application/x-www-form-urlencoded", string.Join('&', Enumerable.Repeat("k=1", 20_000))),
            Post("application/json", new string('[', 200_000)),
        ];
        var statuses = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            var answers = await Task.WhenAll(attacks.Select(attack => Wire.AskAsync(site.Address, attack)));
            Assert.All(answers, answer => Assert.Matches("^(HTTP/1.1 4|$)", answer));
            statuses.AddRange(answers.Select(answer => answer.Length == 0 ? "closed" : answer[9..12]));
        }

        output.WriteLine(string.Join(", ", statuses.CountBy(status => status).Select(status => $"{status.Key}: {status.Value}")));

        await site.HasComeThroughAsync();
    }

    private static string Post(string type, string body) =>
        $"POST /account/sign-out HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static async Task<(int Sent, string Answer)> SendAsync(Uri site, string path, bool isChunked)
    {
        using var wire = await Wire.ConnectAsync(site);
        var framing = isChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {Enormous}";
        await wire.TrySendAsync($"POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nContent-Type: application/x-www-form-urlencoded\r\n{framing}\r\n\r\n");
        var piece = Encoding.ASCII.GetBytes(isChunked ? $"10000\r\n{new string('x', 65536)}\r\n" : new string('x', 65536));
        var sent = 0;
        while (sent < Enormous && await wire.TrySendAsync(piece))
        {
            sent += 65536;
        }

        return (sent, await wire.ReadToEndAsync());
    }
}
