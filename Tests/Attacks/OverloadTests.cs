using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Tests.Parts;
using Xunit.Abstractions;

namespace Tests.Attacks;

/// <summary>More requests than can be answered: some are refused at once, so that a probe need not wait for the rest.</summary>
[Collection(Alone.Name)]
public sealed partial class OverloadTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Soaked_Probes_are_answered_within_a_tenth_of_a_second_while_200_clients_ask_as_fast_as_they_can()
    {
        Soak.Require();
        Skip.If(Programs.Find("wrk") is null, "no wrk on this machine: apt-get install wrk");
        await using var site = await StartAsync();
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t2", "-c200", "-d15", "-H", "X-Forwarded-Proto: https", site.Address.ToString()]) { RedirectStandardOutput = true })!;
        await Task.Delay(TimeSpan.FromSeconds(3)); // compiled by now

        var times = await ProbeAsync(site);
        var said = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        output.WriteLine($"probes: median {times[25].TotalMilliseconds:F0} ms, 90 % within {times[45].TotalMilliseconds:F0} ms, slowest {times[^1].TotalMilliseconds:F0} ms\n{said}");

        Assert.True(times[45] < TimeSpan.FromMilliseconds(100), $"{times[45].TotalMilliseconds:F0} ms");
        Assert.Matches(Refused(), said);
    }

    [SkippableFact]
    public async Task Soaked_A_burst_that_is_soon_done_is_answered_and_not_taken_for_an_overload()
    {
        Soak.Require();
        await using var site = await StartAsync();
        using var browser = site.Visitor().OverHttps();
        var refused = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(async _ => (await browser.GetAsync("/")).StatusCode));
            refused.Add(answers.Count(status => status == HttpStatusCode.ServiceUnavailable));
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        output.WriteLine($"refused of 300 at once: {string.Join(", ", refused)}");
        Assert.True(refused.Min() <= 30, string.Join(", ", refused));
    }

    private static Task<SiteProcess> StartAsync() => SiteProcess.StartAsync(new Dictionary<string, string?>
    {
        ["SECRET"] = Site.Secret,
        ["AllowedHosts"] = "127.0.0.1",
        ["Session__Store"] = "Memory",
        ["Monitoring__DrainDelay"] = "00:00:00",
        ["Limits__Rate__Requests"] = "1000000",
    });

    private static async Task<TimeSpan[]> ProbeAsync(SiteProcess site)
    {
        using var pinger = site.Visitor();
        var times = new List<TimeSpan>();
        for (var i = 0; i < 50; i++)
        {
            var watch = Stopwatch.StartNew();
            (await pinger.GetAsync("/alive")).EnsureSuccessStatusCode();
            times.Add(watch.Elapsed);
            await Task.Delay(150);
        }

        return [.. times.Order()];
    }

    [GeneratedRegex("Non-2xx or 3xx responses: [1-9]")]
    private static partial Regex Refused();
}
