using System.Collections.Concurrent;
using System.Diagnostics;

namespace Benchmarks.Probes;

/// <summary>Many requests at once for one session: do they all count, and how long does the slowest hundredth take?</summary>
internal static class HotCounter
{
    private const int Increments = 1000;
    private const int Connections = 16;

    /// <summary>What the client compiles on its first requests must not count against whoever is asked first.</summary>
    public static async Task WarmUpClientAsync(Stage stage)
    {
        if (stage.Built.Contains(Contender.Bare))
        {
            await using var site = await stage.StartAsync(Contender.Bare);
            using var visitor = site.Visitor(Connections);
            await RunAsync(visitor, "/read", stage.Stop);
        }
    }

    public static async Task<string> AskAsync(Stage stage, Site site)
    {
        using var visitor = site.Visitor(Connections);
        await visitor.BeginSessionAsync("x", stage.Stop);
        var times = await RunAsync(visitor, "/count", stage.Stop);
        var last = int.Parse((await visitor.ReadAsync("/count", stage.Stop))!, System.Globalization.CultureInfo.InvariantCulture) - 1;
        var p99 = times.Order().ElementAt(times.Count * 99 / 100);
        return $"{last}, {(p99.TotalSeconds < 1 ? $"{p99.TotalMilliseconds:F0} ms" : $"{p99.TotalSeconds:F1} s")}";
    }

    private static async Task<IReadOnlyCollection<TimeSpan>> RunAsync(Visitor visitor, string path, CancellationToken stop)
    {
        var times = new ConcurrentBag<TimeSpan>();
        await Parallel.ForAsync(0, Increments, new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = stop }, async (_, cancel) =>
        {
            var start = Stopwatch.GetTimestamp();
            await visitor.Client.GetStringAsync(path, cancel);
            times.Add(Stopwatch.GetElapsedTime(start));
        });
        return times;
    }
}
