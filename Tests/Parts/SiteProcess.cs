using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Tests.Parts;

/// <summary>The web app as a process of its own, as it is deployed.</summary>
public sealed partial class SiteProcess : IAsyncDisposable
{
    private readonly string keys = Directory.CreateTempSubdirectory("site-keys-").FullName;
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiteProcess(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        // With the tests' list of assemblies: a test may bring endpoints (see Attacks/LargeAnswers).
        string[] command = ["exec", "--depsfile", PathOf("Tests.deps.json"), "--runtimeconfig", PathOf("WebApp.runtimeconfig.json"), PathOf("WebApp.dll"), .. arguments];
        var start = new ProcessStartInfo("dotnet", command)
        {
            WorkingDirectory = Path.Combine(Repository.Root, "WebApp"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["DOTNET_hostBuilder__reloadConfigOnChange"] = "false"; // as in Site
        start.Environment["Session__IOTimeout"] = Site.StoreTimeout;
        KeyFolder.Set(start.Environment, keys);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The site ended:\n{Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address => listening.Task.Result;

    public string Output => string.Join('\n', output);

    /// <summary>What it has of the machine's memory.</summary>
    public double Mebibytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    public static async Task<SiteProcess> StartAsync(IReadOnlyDictionary<string, string?> environment)
    {
        var site = new SiteProcess(environment);
        await site.listening.Task.WaitAsync(Eventually.Patience);
        return site;
    }

    /// <summary>Runs it where it is expected not to listen: the start is refused, or the arguments ask for something else.</summary>
    public static async Task<(int ExitCode, string Output)> RunToTheEndAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        await using var site = new SiteProcess(environment, arguments);
        _ = site.listening.Task.Exception; // it is expected not to listen
        await site.process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return (site.process.ExitCode, site.Output);
    }

    public Visitor Visitor() => new(Address);

    /// <summary>Asks it to stop, as an orchestrator does.</summary>
    /// <returns>The exit code, when it has stopped.</returns>
    public async Task<int> TerminateAsync()
    {
        Programs.Signal(process, "TERM");
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await TerminateAsync();
        }

        process.Dispose();
        Directory.Delete(keys, recursive: true);
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, file);

    [GeneratedRegex("Now listening on: (http://[^\\s\"]+)")]
    private static partial Regex ListeningLine();

    private void Keep(string? line)
    {
        if (line is not null)
        {
            output.Enqueue(line);
            if (ListeningLine().Match(line) is { Success: true } match)
            {
                listening.TrySetResult(new Uri(match.Groups[1].Value));
            }
        }
    }
}
