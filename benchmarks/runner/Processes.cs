using System.Diagnostics;

namespace Benchmarks;

/// <summary>The servers that were started here. None of them outlives this program.</summary>
internal sealed class Processes : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly List<Process> running = [];

    public Process Start(ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        running.Add(process);
        return process;
    }

    /// <summary>Asks a process to end in order, and ends it when it does not.</summary>
    public async Task EndAsync(Process process)
    {
        if (!running.Remove(process))
        {
            return;
        }

        if (!process.HasExited)
        {
            Programs.Signal(process, "CONT"); // a frozen process would not hear it
            Programs.Signal(process, "TERM");
            try
            {
                await process.WaitForExitAsync().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in running.AsEnumerable().Reverse().ToArray())
        {
            await EndAsync(process);
        }
    }
}
