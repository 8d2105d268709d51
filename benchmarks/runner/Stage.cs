using System.Security.Cryptography;

namespace Benchmarks;

/// <summary>Builds the contenders and starts them, all against the same Redis.</summary>
internal sealed class Stage(Processes processes, Redis redis, CancellationToken stop) : IDisposable
{
    private readonly Dictionary<Contender, string> built = [];
    private readonly string secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly string home = Directory.CreateTempSubdirectory("benchmark-").FullName;

    public Redis Redis => redis;

    public CancellationToken Stop => stop;

    public IEnumerable<Contender> Built => built.Keys;

    public string TemporaryFile(string name) => Path.Combine(home, name);

    public void Dispose() => Directory.Delete(home, recursive: true);

    public async Task BuildAsync(IEnumerable<Contender> contenders, Results results)
    {
        foreach (var contender in contenders)
        {
            Console.WriteLine($"building {contender.Name}");
            var (folder, problem) = await contender.BuildAsync(stop);
            if (folder is null)
            {
                results.Skip(contender, problem!);
                continue;
            }

            built.Add(contender, folder);
            results.Stands(contender, contender.Versions(folder));
        }

        if (built.Count == 0)
        {
            throw new Refusal($"Nothing to measure: {string.Join("; ", results.Skipped)}");
        }
    }

    /// <summary>Starts a contender as a new process.</summary>
    public async Task<Site> StartAsync(Contender contender)
    {
        var port = Redis.FreePort();
        var start = contender.Start(built[contender], port);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["HOME"] = home; // where ASP.NET Core keeps keys that nobody has told it to keep elsewhere
        start.Environment["SECRET"] = secret;
        start.Environment["ConnectionStrings__redis"] = $"127.0.0.1:{redis.Port}";
        start.Environment["REDIS_URL"] = $"redis://127.0.0.1:{redis.Port}";

        var process = processes.Start(start);
        process.OutputDataReceived += (_, _) => { }; // it would block when nobody reads
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Redis.IsListeningAsync(port, stop);
        return new Site(contender, process, port, processes);
    }

    /// <summary>Starts every contender that is asked for.</summary>
    public async Task<List<Site>> StartAsync(Func<Contender, bool> which)
    {
        var sites = new List<Site>();
        foreach (var contender in Built.Where(which))
        {
            sites.Add(await StartAsync(contender));
        }

        return sites;
    }
}
