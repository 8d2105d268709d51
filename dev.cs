#:property PublishAot=false
// The commands of this solution: dotnet dev.cs run | test | check | secret

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Xml.Linq;

using var stop = new CancellationTokenSource();
using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
try
{
    //#if (repository)
    if (args is ["run" or "test" or "check" or "bench", ..])
    {
        await Feed.FindGapsAsync(stop.Token);
    }

    //#endif
    return args switch
    {
        ["run"] => await Run.SolutionAsync(stop.Token),
        ["run", ..] => throw new Failure("`run` takes no arguments. The ports are in Properties/launchSettings.json of AppHost and WebApp.", exitCode: 2),
        ["test", .. var arguments] => await Test.RunAsync(arguments, stop.Token),
        ["check", .. var arguments] => await Programs.RunAsync(
            "dotnet", ["run", "--project", "WebApp", "--no-launch-profile", "--verbosity", "quiet", "--", "check", .. arguments], stop.Token),
        //#if (repository)
        ["bench", .. var arguments] => await Programs.RunAsync(
            "dotnet", ["run", "--project", "benchmarks/runner", "--configuration", "Release", "--", .. arguments], stop.Token),
        //#endif
        ["secret"] => Print(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
        [] or ["help"] => Print(Help.Text),
        _ => throw new Failure($"Unknown arguments: {string.Join(' ', args)}\n{Help.Text}", exitCode: 2),
    };
}
catch (Failure failure)
{
    Console.Error.WriteLine(failure.Message);
    return failure.ExitCode;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130; // as a shell reports it after Ctrl+C
}
finally
{
    await Programs.EndAllAsync();
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true; // the programs that were started end first
    stop.Cancel();
}

static int Print(string text)
{
    Console.WriteLine(text);
    return 0;
}

internal static class Help
{
    public const string Text = """
          dotnet dev.cs run       starts the solution and prints the web app's address
          dotnet dev.cs test      builds and tests the solution; further arguments go to `dotnet test`
                                  --all adds the slow tests, --install installs the programs that tests use
          dotnet dev.cs check     runs the production checklist for the web app as it would start here
                                  https://site audits a running site from outside: docs/audit.md
          dotnet dev.cs secret    prints a new application secret, for the variable SECRET
        """;
}

internal static class Run
{
    private static readonly string[] Sources = ["AppHost", "ServiceDefaults", "WebApp", "engine", "eng", "docs"];

    /// <summary>Runs the AppHost; builds it first, on all processors, unless nothing has changed since the last build here.</summary>
    public static async Task<int> SolutionAsync(CancellationToken stop)
    {
        var memory = Path.Combine(Solution.Folder(".dev"), "built");
        var sources = State();
        if (!File.Exists(Solution.PathOf("AppHost/bin/Debug/net10.0/AppHost.dll")) || !File.Exists(memory) || await File.ReadAllTextAsync(memory, stop) != sources)
        {
            if (await Programs.RunAsync("dotnet", ["build", "AppHost", "--verbosity", "quiet", "-nologo", "-clp:NoSummary"], stop) is not 0 and var exitCode)
            {
                return exitCode;
            }

            stop.ThrowIfCancellationRequested();
            await File.WriteAllTextAsync(memory, sources, stop);
        }

        return await Programs.RunAsync("dotnet", ["run", "--project", "AppHost", "--no-build"], stop);
    }

    /// <summary>What a build depends on, in short: how many sources there are, and when the newest was written.</summary>
    private static string State()
    {
        var files = Directory.EnumerateFiles(Solution.Root).Concat(Sources.Select(Solution.PathOf).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")).ToArray();
        return $"{files.Length} {files.Max(File.GetLastWriteTimeUtc):O}";
    }
}

internal static class Test
{
    public static async Task<int> RunAsync(string[] arguments, CancellationToken stop)
    {
        var all = arguments.Contains("--all");
        await TestPrograms.InstallMissingAsync(arguments.Contains("--install") || Environment.GetEnvironmentVariable("CI") == "true", all, stop);
        arguments = [.. arguments.Except(["--all", "--install"])];
        var results = Solution.EmptyFolder(".dev/test-results");
        string[] settings = all ? ["--settings", "Tests/all.runsettings"] : [];
        var exitCode = await Programs.RunAsync("dotnet", ["test", Solution.FileName, "--logger", "trx", "--results-directory", results, .. settings, .. arguments], stop);
        stop.ThrowIfCancellationRequested();
        return Report(results, exitCode);
    }

    private static int Report(string folder, int exitCode)
    {
        var results = Directory.EnumerateFiles(folder, "*.trx").SelectMany(file => Named(XDocument.Load(file), "UnitTestResult"))
            .ToLookup(result => result.Attribute("outcome")?.Value);
        var failed = results["Failed"].Select(result => result.Attribute("testName")?.Value ?? "a test without a name").ToList();
        if (exitCode != 0 && failed.Count == 0)
        {
            failed.Add($"the run itself, with exit code {exitCode}: see above");
        }

        foreach (var (reason, count) in results["NotExecuted"].Select(Reason).CountBy(reason => reason))
        {
            Console.WriteLine($"skipped {count}: {reason}");
        }

        failed.ForEach(name => Console.WriteLine($"failed: {name}"));
        var passed = results["Passed"].Count();
        Console.WriteLine($"{passed} passed, {failed.Count} failed, {results["NotExecuted"].Count()} skipped");
        return passed > 0 && failed.Count == 0 ? 0 : 1;
    }

    private static string Reason(XElement result) =>
        Named(result, "Message").Concat(Named(result, "StdOut")).Select(text => text.Value.Trim().ReplaceLineEndings(" ")).FirstOrDefault("no reason given");

    private static IEnumerable<XElement> Named(XContainer container, string name) =>
        container.Descendants().Where(element => element.Name.LocalName == name);
}

/// <summary>Programs that some tests run against. Tests skip where theirs is missing.</summary>
internal static class TestPrograms
{
    // Debian starts a package's service on installation; policy-rc.d forbids that for the time being.
    private const string InstallScript = """
        set -e
        policy=/usr/sbin/policy-rc.d
        if [ ! -e $policy ]; then
          trap "rm -f $policy" EXIT
          trap "exit 1" INT TERM
          printf '#!/bin/sh\nexit 101\n' > $policy
          chmod 755 $policy
        fi
        export DEBIAN_FRONTEND=noninteractive
        apt-get update
        apt-get install --yes --no-install-recommends "$@"
        """;

    private static readonly string[] Scanners = ["@mdn/mdn-http-observatory@1.4.8", "csp_evaluator@1.1.8", "html-validate@8.9.1"];
    private static readonly string[][] Needed = [["redis-server"], ["chromium", "chromium-browser", "google-chrome"]];
    private static readonly string[][] NeededByAll =
        [.. Needed, ["nginx"], ["haproxy"], ["caddy"], ["varnish", "varnishd"], ["prometheus-blackbox-exporter", "blackbox_exporter"], ["wrk"]];

    public static async Task InstallMissingAsync(bool mayInstall, bool all, CancellationToken stop)
    {
        var missing = (all ? NeededByAll : Needed).Where(names => !names.Any(Programs.Exist)).Select(names => names[0]).ToArray();
        if (!mayInstall && missing.Length > 0)
        {
            Console.WriteLine($"not installed: {string.Join(", ", missing)}. Tests that need them are skipped, or take Garnet for Redis; --install installs them.");
        }

        if (mayInstall && missing.Length > 0 && Programs.Exist("apt-get"))
        {
            string[] install = ["sh", "-c", InstallScript, "sh", .. missing];
            var (exitCode, output) = Environment.IsPrivilegedProcess
                ? await Programs.ReadAsync("env", install, stop)
                : await Programs.ReadAsync("sudo", ["-n", .. install], stop);
            Console.WriteLine(exitCode == 0 ? $"installed: {string.Join(", ", missing)}" : $"could not install {string.Join(", ", missing)}: {output.TrimEnd().Split('\n')[^1]}");
        }

        if (mayInstall && Programs.Exist("npm") && !Directory.Exists(Solution.PathOf(".dev/scanners/node_modules/html-validate")))
        {
            // Without the packages' install scripts, which download lists that no test needs.
            var (exitCode, output) = await Programs.ReadAsync(
                "npm", ["install", "--prefix", Solution.Folder(".dev/scanners"), "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", .. Scanners], stop);
            Console.WriteLine(exitCode == 0 ? "installed: the scanners of headers and HTML" : $"could not install the scanners of headers and HTML: {output.TrimEnd().Split('\n')[0]}");
        }
    }
}

/// <summary>A failure that the developer can fix: printed without a stack trace.</summary>
internal sealed class Failure(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode => exitCode;
}

internal static class Solution
{
    /// <summary>The folder of this file, whatever the current folder.</summary>
    public static string Root { get; } = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;

    /// <summary>The solution file; each generated application has its own name.</summary>
    public static string FileName => Path.GetFileName(Directory.EnumerateFiles(Root, "*.sln").Single());

    public static string PathOf(string name) => Path.Combine(Root, name);

    public static string EmptyFolder(string name)
    {
        Directory.Delete(Folder(name), recursive: true);
        return Folder(name);
    }

    /// <summary>Creates a folder that only this user can read.</summary>
    public static string Folder(string name) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(PathOf(name)).FullName
        : Directory.CreateDirectory(PathOf(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
}

/// <summary>The programs that were started here. None of them outlives this one.</summary>
internal static class Programs
{
    private static readonly Stack<Process> Started = new();

    /// <summary>Finds a program on the PATH or in /usr/sbin, the place of servers, which not every user's PATH names.</summary>
    public static bool Exist(string name) =>
        $"{Environment.GetEnvironmentVariable("PATH")}{Path.PathSeparator}/usr/sbin".Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Runs a program to its end and returns its exit code, or 0 when this program is stopped first.</summary>
    public static async Task<int> RunAsync(string program, string[] arguments, CancellationToken stop)
    {
        var process = Start(new ProcessStartInfo(program, arguments));
        try
        {
            await process.WaitForExitAsync(stop);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return 0; // the usual end of `run`
        }
    }

    /// <summary>Runs a program to its end and returns its output.</summary>
    public static async Task<(int ExitCode, string Output)> ReadAsync(string program, string[] arguments, CancellationToken stop)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en"; // the output is parsed here
        var process = Start(start);
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, string.Concat(output));
    }

    /// <summary>Asks each program to end, the last one first, and kills it after ten seconds.</summary>
    public static async Task EndAllAsync()
    {
        foreach (var process in Started.Where(process => !process.HasExited))
        {
            try
            {
                using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                if (!OperatingSystem.IsWindows())
                {
                    using var kill = Process.Start("sh", ["-c", $"kill -TERM {process.Id}"]); // .NET itself sends no signals
                    await process.WaitForExitAsync(timeout.Token);
                }
            }
            catch (OperationCanceledException)
            {
            }

            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        start.WorkingDirectory = Solution.Root;
        Started.Push(Process.Start(start)!);
        return Started.Peek();
    }
}
//#if (repository)

/// <summary>Finds out whether the NuGet feed has all packages; see eng/feed-gaps/README.md.</summary>
internal static class Feed
{
    // Errors of a restore whose sources lack a package, and of one that could not ask its sources.
    private static readonly string[] Missing = ["NU1101", "NU1102", "NU1103"];
    private static readonly string[] Unreachable = ["NU1301", "NU1900", "Unable to load the service index", "Failed to retrieve information"];

    /// <summary>Sets FeedGaps for all programs that are started here: from the environment, from memory, or from one restore.</summary>
    public static async Task FindGapsAsync(CancellationToken stop)
    {
        var memory = Path.Combine(Solution.Folder(".dev"), "feed-gaps");
        var gaps = Environment.GetEnvironmentVariable("FeedGaps") ?? (File.Exists(memory) ? await File.ReadAllTextAsync(memory, stop) : null);
        if (gaps is null)
        {
            Console.WriteLine("Restoring the packages, to find out whether the NuGet feed has all of them...");
            var (exitCode, output) = await Programs.ReadAsync("dotnet", ["restore", "AppHost", "--verbosity", "quiet"], stop);
            if (exitCode != 0 && (Unreachable.Any(output.Contains) || !Missing.Any(output.Contains)))
            {
                throw new Failure($"`dotnet restore AppHost` failed:\n{output.Trim()}");
            }

            gaps = exitCode == 0 ? "false" : "true";
            await File.WriteAllTextAsync(memory, gaps, stop);
            File.Delete(Path.Combine(Solution.Folder(".dev"), "built")); // perhaps with other packages
        }

        if (gaps == "true")
        {
            Console.WriteLine("The NuGet feed lacks some packages, so FeedGaps=true is set: eng/feed-gaps/README.md. Delete .dev/feed-gaps to check again.");
        }

        Environment.SetEnvironmentVariable("FeedGaps", gaps);
    }
}
//#endif
