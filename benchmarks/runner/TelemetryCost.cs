using System.Globalization;

namespace Benchmarks;

/// <summary>What telemetry costs: ours beside itself, with a receiver and without, in the same rounds.</summary>
internal static class TelemetryCost
{
    /// <summary>What the project has set itself: so much of the throughput is left.</summary>
    private const double Aim = 0.9;

    public static async Task RunAsync(Stage stage, Plan plan, Results results)
    {
        using var receiver = new TelemetryReceiver();
        var telling = Contender.Telling(receiver.Address);
        await stage.BuildAsync([Contender.Ours, telling], results);
        await Rounds.RunAsync(stage, plan, results);

        Console.WriteLine("| | requests per second, of those without a receiver | aim | processor time, of that without a receiver |\n|---|---|---|---|");
        foreach (var kind in Enum.GetValues<Kind>())
        {
            var (left, time) = (Ratio(load => load.PerSecond), Ratio(load => load.Microseconds));
            Console.WriteLine($"| {kind} | {left.ToString("F2")} | ≥ {Aim.ToString(CultureInfo.InvariantCulture)}{(left.Median >= Aim ? "" : ", **missed**")} | {time.ToString("F2")} |");

            Series Ratio(Func<Load, double?> figure) => results.Of(telling, kind, figure)!.Over(results.Of(Contender.Ours, kind, figure)!);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nThe receiver took {receiver.Bytes:N0} bytes."));
    }
}
