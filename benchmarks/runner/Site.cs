using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>A contender that runs.</summary>
internal sealed class Site(Contender contender, Process process, int port, Processes processes) : IAsyncDisposable
{
    public Contender Contender => contender;

    public Uri Address { get; } = new($"http://127.0.0.1:{port}");

    /// <summary>The processor time that it has used, all threads together.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>A browser without a cookie yet.</summary>
    public Visitor Visitor(int connections = 1) => new(Address, connections);

    /// <summary>What it has allocated so far; null where nobody counts.</summary>
    public async Task<long?> AllocatedAsync()
    {
        if (!contender.IsDotNet)
        {
            return null;
        }

        using var visitor = Visitor();
        return long.Parse(await visitor.Client.GetStringAsync("/allocated"), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync() => await processes.EndAsync(process);
}
