using System.Diagnostics;
using Tests.Parts;
using Xunit.Abstractions;

namespace Tests.Attacks;

/// <summary>
/// A site that is attacked, beside one that serves as many honest clients at the same time: what time and memory the machine
/// takes whoever asks is seen at the control, and what is above that is the attack's.
/// </summary>
internal sealed class AttackedSite : IAsyncDisposable
{
    private readonly WatchedSite site;
    private readonly WatchedSite control;
    private readonly Task honest;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly ITestOutputHelper output;

    private AttackedSite(WatchedSite site, WatchedSite control, Task honest, ITestOutputHelper output)
    {
        (this.site, this.control, this.honest) = (site, control, honest);
        this.output = output;
    }

    public Uri Address => site.Address;

    /// <summary>By how much a time limit may be exceeded, because this machine does other things, too.</summary>
    public TimeSpan Lag => 2 * control.SlowestAnswer;

    /// <param name="output">Where the figures go.</param>
    /// <param name="clients">How many honest clients the control has.</param>
    public static async Task<AttackedSite> StartAsync(ITestOutputHelper output, int clients = 100)
    {
        var control = await WatchedSite.StartAsync();
        try
        {
            var site = await WatchedSite.StartAsync();
            return new AttackedSite(site, control, control.ServeAsync(clients), output);
        }
        catch
        {
            await control.DisposeAsync();
            throw;
        }
    }

    /// <summary>What must hold when an attack is over.</summary>
    public async Task HasComeThroughAsync()
    {
        await honest;
        for (var seconds = 0; seconds < 60 && control.Growth >= 50; seconds++)
        {
            await Task.Delay(1000); // the control gives back what it took, as soon as it has been quiet for a while
        }

        await Eventually.TrueAsync(
            () => Task.FromResult(site.Growth < 50 + Math.Max(0, control.Growth)),
            $"of {site.Growth:F0} MiB more than at the start, all but 50 more than at the control are given back");
        await site.EndVisitAsync();
        await control.EndVisitAsync();
        Assert.Contains("\"LogLevel\":\"Information\"", site.Output, StringComparison.Ordinal); // else nothing is counted here

        output.WriteLine($"in {clock.Elapsed.TotalSeconds:F0} s, and at the control: memory grew by {site.PeakGrowth:F0} and {control.PeakGrowth:F0} MiB at most, at the end by {site.Growth:F0} and {control.Growth:F0}; slowest answer to somebody else {site.SlowestAnswer.TotalMilliseconds:F0} and {control.SlowestAnswer.TotalMilliseconds:F0} ms; {site.Warnings} warnings");
        Assert.True(site.SlowestAnswer < TimeSpan.FromSeconds(1) + Lag, $"somebody else waited {site.SlowestAnswer.TotalSeconds:F1} s, at the control {control.SlowestAnswer.TotalSeconds:F1} s");
        Assert.True(site.PeakGrowth < 100 + control.PeakGrowth, $"memory grew by {site.PeakGrowth:F0} MiB, at the control by {control.PeakGrowth:F0} MiB");
        Assert.True(site.Errors == 0, site.Output); // an answer of 500 leaves one
        Assert.True(site.Warnings < 100 * Math.Max(1, clock.Elapsed.TotalMinutes), $"{site.Warnings} lines of warnings in {clock.Elapsed.TotalMinutes:F1} minutes:\n{site.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        await Record.ExceptionAsync(() => honest);
        await site.DisposeAsync();
        await control.DisposeAsync();
    }
}
