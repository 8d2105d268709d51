using System.Diagnostics;
using Tests.Parts;
using Xunit.Abstractions;

namespace Tests.Attacks;

/// <summary>The web app as it is deployed, without a proxy, and somebody who uses it while it is attacked.</summary>
internal sealed class AttackedSite : IAsyncDisposable
{
    private readonly SiteProcess process;
    private readonly Visitor visitor;
    private readonly double atStart;
    private readonly int warningsAtStart; // by the checklist, of how it is configured
    private readonly CancellationTokenSource over = new();
    private readonly Task watching;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    private readonly TimeSpan patience;
    private readonly ITestOutputHelper output;

    private AttackedSite(SiteProcess process, Visitor visitor, TimeSpan patience, ITestOutputHelper output)
    {
        this.output = output;
        this.patience = patience;
        (this.process, this.visitor) = (process, visitor);
        atStart = process.Mebibytes;
        warningsAtStart = Lines("Warning");
        watching = Task.Run(WatchAsync);
    }

    public Uri Address => process.Address;

    public TimeSpan Elapsed => clock.Elapsed;

    public TimeSpan WorstAnswer { get; private set; }

    public double PeakGrowth { get; private set; }

    public static async Task<AttackedSite> StartAsync(ITestOutputHelper output)
    {
        var process = await SiteProcess.StartAsync(new Dictionary<string, string?>
        {
            ["SECRET"] = Site.Secret,
            ["AllowedHosts"] = "127.0.0.1;localhost",
            ["Session__Store"] = "Memory",
            ["Monitoring__DrainDelay"] = "00:00:00",
            ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = "Tests",
        });
        try
        {
            return await StartAsync(process, output);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>What must hold when an attack is over.</summary>
    public async Task HasComeThroughAsync(double growth = 100)
    {
        double AboveStart() => process.Mebibytes - atStart;
        await Eventually.TrueAsync(() => Task.FromResult(AboveStart() < 50), $"of {AboveStart():F0} MiB more than at the start, all but 50 are given back", TimeSpan.FromMinutes(2));
        await over.CancelAsync();
        await watching;
        var (warnings, errors) = (Lines("Warning") - warningsAtStart, Lines("Error") + Lines("Critical"));
        Assert.Contains("\"LogLevel\":\"Information\"", process.Output, StringComparison.Ordinal); // else nothing is counted here

        output.WriteLine($"in {Elapsed.TotalSeconds:F0} s: memory from {atStart:F0} MiB at most {PeakGrowth:F0} more, at the end {process.Mebibytes - atStart:F0} more; slowest answer to somebody else {WorstAnswer.TotalMilliseconds:F0} ms; {warnings} warnings");
        Assert.True(WorstAnswer < patience, $"somebody else waited {WorstAnswer.TotalSeconds:F1} s");
        Assert.True(PeakGrowth < growth, $"memory grew by {PeakGrowth:F0} MiB");
        Assert.True(errors == 0, process.Output); // an answer of 500 leaves one
        Assert.True(warnings < 100 * Math.Max(1, Elapsed.TotalMinutes), $"{warnings} lines of warnings in {Elapsed.TotalMinutes:F1} minutes:\n{process.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await watching;
        over.Dispose();
        visitor.Dispose();
        await process.DisposeAsync();
    }

    private static async Task<AttackedSite> StartAsync(SiteProcess process, ITestOutputHelper output)
    {
        var visitor = process.Visitor().OverHttps();
        visitor.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.99");
        foreach (var path in Enumerable.Repeat(new[] { "/", "/large/file", "/large/shared-text", "/account/sign-out" }, 20).SelectMany(paths => paths))
        {
            (await visitor.GetAsync(path)).EnsureSuccessStatusCode(); // as after a while of use: compiled, and with the memory that use takes
        }

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
        {
            await visitor.GetAsync("/");
        }

        // One second; more where the machine is so busy with other things that even now an answer takes longer than 20 ms.
        return new AttackedSite(process, visitor, TimeSpan.FromSeconds(Math.Max(1, 50 * watch.Elapsed.TotalSeconds / 20)), output);
    }

    private int Lines(string level) => process.Output.Split($"\"LogLevel\":\"{level}\"").Length - 1;

    private async Task WatchAsync()
    {
        while (!over.IsCancellationRequested)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await visitor.GetAsync("/");
            Assert.True(answer.IsSuccessStatusCode, $"somebody else got {answer.StatusCode}");
            WorstAnswer = watch.Elapsed > WorstAnswer ? watch.Elapsed : WorstAnswer;
            PeakGrowth = Math.Max(PeakGrowth, process.Mebibytes - atStart);
            await Task.Delay(100);
        }
    }
}
