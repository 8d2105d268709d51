using System.Globalization;
using System.Text.RegularExpressions;

namespace Benchmarks;

/// <summary>Load by wrk on many sessions, from one thread: the machine's other processors are the contender's.</summary>
internal static partial class Wrk
{
    public static async Task<Load> RunAsync(Site site, string cookies, string[] paths, int seconds, CancellationToken stop)
    {
        var (processorTime, allocated) = (site.ProcessorTime, await site.AllocatedAsync());
        var (exitCode, output) = await Programs.AskAsync(
            "wrk",
            ["-t1", $"-c{Plan.Connections}", $"-d{seconds}s", "-s", Programs.PathOf("benchmarks/runner/load.lua"), $"{site.Address}", "--", cookies, .. paths],
            stop);
        var all = Total().Match(output);
        if (exitCode != 0 || !all.Success || output.Contains("Non-2xx", StringComparison.Ordinal))
        {
            throw new Refusal($"The load on {site.Contender.Name} failed:\n{output}");
        }

        var requests = double.Parse(all.Groups[1].Value, CultureInfo.InvariantCulture);
        return new Load(
            double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture),
            (site.ProcessorTime - processorTime).TotalMicroseconds / requests,
            (await site.AllocatedAsync() - allocated) / requests);
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Total();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();
}

/// <summary>What the requests do with their sessions.</summary>
internal enum Kind
{
    Read,
    Write,
}

/// <summary>What one turn of load has shown.</summary>
/// <param name="PerSecond">Requests per second.</param>
/// <param name="Microseconds">Processor time per request, of the contender alone.</param>
/// <param name="Bytes">Allocated per request; null where nobody counts.</param>
internal sealed record Load(double PerSecond, double Microseconds, double? Bytes);
