using Tests.Parts;

namespace Tests.Attacks;

/// <summary>The web app as it is deployed, without a proxy, and a visitor who uses it all the time.</summary>
internal sealed class WatchedSite : IAsyncDisposable
{
    private readonly SiteProcess process;
    private readonly SlowestAnswer visitor;
    private readonly double atStart;
    private readonly int warningsAtStart; // by the checklist, of how it is configured
    private readonly CancellationTokenSource over = new();
    private readonly Task measuring;

    private WatchedSite(SiteProcess process)
    {
        this.process = process;
        atStart = process.Mebibytes;
        warningsAtStart = Lines("Warning");
        visitor = Parts.SlowestAnswer.Watch(Visitor(process, "203.0.113.99"), "/");
        measuring = Task.Run(MeasureAsync);
    }

    public Uri Address => process.Address;

    public string Output => process.Output;

    /// <summary>How many MiB it has more than at the start.</summary>
    public double Growth => process.Mebibytes - atStart;

    /// <summary>The most that it had more than at the start, in MiB.</summary>
    public double PeakGrowth { get; private set; }

    /// <summary>The longest that the visitor has waited.</summary>
    public TimeSpan SlowestAnswer => visitor.Time;

    public int Warnings => Lines("Warning") - warningsAtStart;

    public int Errors => Lines("Error") + Lines("Critical");

    public static async Task<WatchedSite> StartAsync()
    {
        var process = await SiteProcess.StartAsync(new Dictionary<string, string?>
        {
            ["SECRET"] = Site.Secret,
            ["AllowedHosts"] = "127.0.0.1;localhost",
            ["Session__Store"] = "Memory",
            ["Monitoring__DrainDelay"] = "00:00:00",
            ["Limits__Queue__Delay"] = "00:00:10", // what other work does to this machine is no overload of the site; see OverloadTests
            ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = "Tests",
        });
        try
        {
            using var visitor = Visitor(process, "203.0.113.98");
            foreach (var path in Enumerable.Repeat(new[] { "/", "/large/file", "/large/shared-text", "/account/sign-out" }, 20).SelectMany(paths => paths))
            {
                (await visitor.GetAsync(path)).EnsureSuccessStatusCode(); // as after a while of use: compiled, and with the memory that use takes
            }

            return new WatchedSite(process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Serves the home page to honest clients, ten at the same time.</summary>
    public async Task ServeAsync(int clients)
    {
        using var client = Visitor(process, "203.0.113.97");
        await Parallel.ForEachAsync(
            Enumerable.Range(0, clients),
            new ParallelOptions { MaxDegreeOfParallelism = 10 },
            async (_, cancel) => (await client.GetAsync("/", cancel)).EnsureSuccessStatusCode());
    }

    /// <summary>Ends the visit, which fails if a response was none.</summary>
    public async Task EndVisitAsync()
    {
        await over.CancelAsync();
        await measuring;
        await visitor.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndVisitAsync();
        over.Dispose();
        await process.DisposeAsync();
    }

    private static Visitor Visitor(SiteProcess process, string address)
    {
        var visitor = process.Visitor().OverHttps();
        visitor.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return visitor;
    }

    private int Lines(string level) => process.Output.Split($"\"LogLevel\":\"{level}\"").Length - 1;

    private async Task MeasureAsync()
    {
        while (!over.IsCancellationRequested)
        {
            PeakGrowth = Math.Max(PeakGrowth, Growth);
            await Task.Delay(100);
        }
    }
}
