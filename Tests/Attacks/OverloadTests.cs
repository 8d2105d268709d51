using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Tests.Parts;
using Xunit.Abstractions;

namespace Tests.Attacks;

/// <summary>More requests than can be answered: some are refused at once, so that a probe need not wait for the rest.</summary>
[Collection(Alone.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed partial class OverloadTests(ITestOutputHelper output)
{
    private const string Never = "00:00:10"; // the longest that is allowed

    [SkippableFact]
    public async Task Probes_are_answered_sooner_than_where_nothing_is_refused()
    {
        Skip.If(Programs.Find("wrk") is null, "no wrk on this machine: apt-get install wrk");

        var (time, said) = await ProbeOverloadedAsync(new());
        var (control, saidThere) = await ProbeOverloadedAsync(new() { ["Limits__Queue__Delay"] = Never });

        output.WriteLine($"90 % of the probes within {time.TotalMilliseconds:F0} ms, and {control.TotalMilliseconds:F0} ms where nothing is refused\n{said}\n{saidThere}");
        Assert.Matches(Refused(), said);
        Assert.DoesNotMatch(Refused(), saidThere);
        Assert.True(time < control, $"{time.TotalMilliseconds:F0} ms, and {control.TotalMilliseconds:F0} ms where nothing is refused");
    }

    /// <summary>As many requests at once as this machine answers in a tenth of a second.</summary>
    [Fact]
    public async Task A_burst_that_is_soon_done_is_not_taken_for_an_overload()
    {
        var took = TimeSpan.MaxValue;
        await using (var control = await StartAsync(new() { ["Limits__Queue__Delay"] = Never }))
        {
            for (var i = 0; i < 6; i++)
            {
                var watch = Stopwatch.StartNew();
                await BurstAsync(control, 300);
                took = watch.Elapsed < took ? watch.Elapsed : took;
            }
        }

        var soonDone = (int)Math.Clamp(300 * 0.1 / took.TotalSeconds, 10, 300);
        await using var site = await StartAsync(new());
        var refused = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            refused.Add(await BurstAsync(site, soonDone));
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        output.WriteLine($"300 at once took {took.TotalMilliseconds:F0} ms; refused of {soonDone} at once: {string.Join(", ", refused)}");
        Assert.True(refused.Min() <= soonDone / 10, string.Join(", ", refused));
    }

    private static async Task<(TimeSpan Time, string Said)> ProbeOverloadedAsync(Dictionary<string, string?> settings)
    {
        await using var site = await StartAsync(settings);
        using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t2", "-c1000", "-d12", "-H", "X-Forwarded-Proto: https", site.Address.ToString()]) { RedirectStandardOutput = true })!;
        var said = wrk.StandardOutput.ReadToEndAsync();
        await Task.Delay(TimeSpan.FromSeconds(3)); // compiled by now
        using var pinger = site.Visitor();
        var times = new List<TimeSpan>();
        while (!said.IsCompleted)
        {
            var watch = Stopwatch.StartNew();
            (await pinger.GetAsync("/alive")).EnsureSuccessStatusCode();
            times.Add(watch.Elapsed);
            await Task.Delay(100);
        }

        return (times.Order().ElementAt(times.Count * 9 / 10), await said);
    }

    /// <returns>How many of so many requests at once were refused.</returns>
    private static async Task<int> BurstAsync(SiteProcess site, int requests)
    {
        using var browser = site.Visitor().OverHttps();
        var answers = await Task.WhenAll(Enumerable.Range(0, requests).Select(async _ => (await browser.GetAsync("/")).StatusCode));
        return answers.Count(status => status == HttpStatusCode.ServiceUnavailable);
    }

    private static Task<SiteProcess> StartAsync(Dictionary<string, string?> settings) => SiteProcess.StartAsync(new Dictionary<string, string?>(settings)
    {
        ["SECRET"] = Site.Secret,
        ["AllowedHosts"] = "127.0.0.1",
        ["Session__Store"] = "Memory",
        ["Monitoring__DrainDelay"] = "00:00:00",
        ["Limits__Rate__Requests"] = "1000000",
    });

    [GeneratedRegex("Non-2xx or 3xx responses: [1-9]")]
    private static partial Regex Refused();
}
