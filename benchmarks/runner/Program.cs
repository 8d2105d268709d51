using System.Runtime.InteropServices;
using Benchmarks;
using Benchmarks.Probes;

// dotnet run --project benchmarks/runner -c Release [-- --quick] [-- --only NAME] [-- --telemetry]
var quick = args.Contains("--quick");
var only = args.SkipWhile(argument => argument != "--only").Skip(1).FirstOrDefault();
var plan = quick ? Plan.Quick : Plan.Full;

using var stop = new CancellationTokenSource();
using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    Programs.MustExist("redis-server", "redis-cli", "wrk");
    var results = new Results(Machine.Describe());
    await using var processes = new Processes();
    var redis = await Redis.StartAsync(processes, stop.Token);
    using var stage = new Stage(processes, redis, stop.Token);
    if (args.Contains("--telemetry"))
    {
        await TelemetryCost.RunAsync(stage, plan, results);
        return 0;
    }

    await stage.BuildAsync(Contender.All.Where(contender => only is null || contender.Name == only), results);

    // The probes first: the one of the hot counter wants processes that have served nothing yet.
    await ProbeTable.FillAsync(stage, results);
    await Rounds.RunAsync(stage, plan, results);

    Console.WriteLine();
    Console.WriteLine(results.ToMarkdown());
    if (!quick && only is null)
    {
        await File.WriteAllTextAsync(Programs.PathOf("benchmarks/results.md"), results.ToMarkdown(), stop.Token);
        await File.WriteAllTextAsync(Programs.PathOf("benchmarks/results.svg"), Plot.Draw(results), stop.Token);
    }

    return 0;
}
catch (Refusal refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130; // what a shell reports after Ctrl+C
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true; // not at once: what was started is ended first
    stop.Cancel();
}
