using System.Diagnostics;
using Tests.Parts;

namespace Tests.Attacks;

/// <summary>The web app as it is deployed, without a proxy, and somebody who uses it while it is attacked.</summary>
internal sealed class AttackedSite : IAsyncDisposable
{
    private readonly SiteProcess process;
    private readonly Visitor visitor;
    private readonly double atStart;
    private readonly CancellationTokenSource over = new();
    private readonly Task watching;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    private readonly TimeSpan patience;

    private AttackedSite(SiteProcess process, Visitor visitor, TimeSpan patience)
    {
        this.patience = patience;
        (this.process, this.visitor) = (process, visitor);
        atStart = process.Mebibytes;
        watching = Task.Run(WatchAsync);
    }

    public Uri Address => process.Address;

    public TimeSpan Elapsed => clock.Elapsed;

    public TimeSpan WorstAnswer { get; private set; }

    public double PeakGrowth { get; private set; }

    public static async Task<AttackedSite> StartAsync()
    {
        var process = await SiteProcess.StartAsync(new Dictionary<string, string?>
        {
            ["SECRET"] = Site.Secret,
            ["Session__Store"] = "Memory",
            ["Monitoring__DrainDelay"] = "00:00:00",
            ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = "Tests",
        });
        var visitor = process.Visitor().OverHttps();
        visitor.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.99");
        foreach (var path in Enumerable.Repeat(new[] { "/", "/large/file", "/large/shared-text", "/account/sign-in" }, 20).SelectMany(paths => paths))
        {
            (await visitor.GetAsync(path)).EnsureSuccessStatusCode(); // as after a while of use: compiled, and with the memory that use takes
        }

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
        {
            await visitor.GetAsync("/");
        }

        // One second; more where the machine is so busy with other things that even now an answer takes longer than 20 ms.
        return new AttackedSite(process, visitor, TimeSpan.FromSeconds(Math.Max(1, 50 * watch.Elapsed.TotalSeconds / 20)));
    }

    /// <summary>What must hold when an attack is over.</summary>
    public async Task HasComeThroughAsync(double growth = 100)
    {
        await Eventually.TrueAsync(() => Task.FromResult(process.Mebibytes - atStart < 50), $"memory is back from {process.Mebibytes:F0} to within 50 MiB of {atStart:F0}");
        await over.CancelAsync();
        await watching;
        var warnings = process.Output.Split('\n').Count(line => line.StartsWith("warn:", StringComparison.Ordinal) || line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));

        Assert.True(WorstAnswer < patience, $"somebody else waited {WorstAnswer.TotalSeconds:F1} s");
        Assert.True(PeakGrowth < growth, $"memory grew by {PeakGrowth:F0} MiB");
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
