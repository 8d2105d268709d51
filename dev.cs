#:property PublishAot=false
// The commands of this solution: dotnet dev.cs run | test | check | secret

using System.Diagnostics;
using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Xml.Linq;

using var stop = new CancellationTokenSource();
using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
using var orphaned = Posix.WhenParentEnds(stop.Cancel);
try
{
    return args switch
    {
        ["run", .. var arguments] => await Run.SolutionAsync(arguments, stop.Token),
        ["test", .. var arguments] => await Test.SolutionAsync(arguments, stop.Token),
        ["check", .. var arguments] => await Check.RunAsync(arguments, stop.Token),
        //#if (repository)
        ["bench", .. var arguments] => await Benchmarks.RunAsync(arguments, stop.Token),
        //#endif
        ["secret"] => Print(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
        [] or ["help"] => Print(Help.Text),
        _ => throw new Refusal($"Not understood: {string.Join(' ', args)}\n{Help.Text}", exitCode: 2),
    };
}
catch (Refusal refusal)
{
    Console.Error.WriteLine(refusal.Message);
    return refusal.ExitCode;
}
catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
{
    return 130; // what a shell reports after Ctrl+C
}
finally
{
    await Programs.EndAllAsync();
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true; // not at once: what was started is ended first
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
                                  --soak adds the tests that take minutes
          dotnet dev.cs check     asks the production checklist about the web app as it would start here
                                  https://site audits a site that runs, from outside: docs/audit.md
          dotnet dev.cs secret    prints a new application secret, for the variable SECRET
        """;
}

internal static class Run
{
    public static async Task<int> SolutionAsync(string[] arguments, CancellationToken stop)
    {
        //#if (restrictedFeed)
        if (await Feed.IsRestrictedAsync(stop))
        {
            return await WebAppAlone.RunAsync(arguments, stop);
        }

        //#endif
        if (arguments.Length > 0)
        {
            throw new Refusal("`run` takes no arguments. The web app's port is in WebApp/Properties/launchSettings.json.");
        }

        WebAppAddress.MustBeFree(WebAppAddress.InLaunchSettings);
        var appHost = Programs.Start("dotnet", "run", "--project", "AppHost");
        return await AnnounceAsync(WebAppAddress.InLaunchSettings, appHost, stop);
    }

    /// <summary>Prints the address as soon as the web app answers there, and stays until the program ends.</summary>
    public static async Task<int> AnnounceAsync(string address, Process program, CancellationToken stop)
    {
        try
        {
            while (!program.HasExited && !await WebAppAddress.AnswersAsync(address, stop))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
            }

            if (!program.HasExited)
            {
                Console.WriteLine($"web app: {address}");
            }

            await program.WaitForExitAsync(stop);
            return program.ExitCode;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0; // the usual end of a run
        }
    }
}

internal static class WebAppAddress
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>The AppHost and Visual Studio start the web app there, too.</summary>
    public static string InLaunchSettings { get; } =
        JsonNode.Parse(File.ReadAllText(Solution.PathOf("WebApp/Properties/launchSettings.json")))!["profiles"]!["http"]!["applicationUrl"]!.GetValue<string>();

    public static void MustBeFree(string address)
    {
        var port = new Uri(address).Port;
        if (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port))
        {
            throw new Refusal($"Port {port} is in use, perhaps by another `dotnet dev.cs run`: end that program first.");
        }
    }

    public static async Task<bool> AnswersAsync(string address, CancellationToken stop)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri($"{address}/alive"), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return false;
        }
    }
}

internal static class Test
{
    private const string Soak = "--soak";

    public static async Task<int> SolutionAsync(string[] arguments, CancellationToken stop)
    {
        await TestPrograms.InstallMissingAsync(arguments.Contains(Soak) ? ["wrk"] : [], stop);
        Environment.SetEnvironmentVariable("SOAK", arguments.Contains(Soak) ? "true" : null); // the tests read it
        arguments = [.. arguments.Where(argument => argument != Soak)];
        string[][] runs = [[Solution.FileName]];
        //#if (restrictedFeed)
        runs = await Feed.TestRunsAsync(stop);
        //#endif
        var report = new TestReport();
        foreach (var run in runs)
        {
            var results = Solution.EmptyFolder($".dev/test-results/{Path.GetFileNameWithoutExtension(run[0])}");
            var test = Programs.Start("dotnet", ["test", .. run, "--logger", "trx", "--results-directory", results, .. arguments]);
            await test.WaitForExitAsync(stop);
            report.Add(results, test.ExitCode);
        }

        return report.Print();
    }
}

internal static class Check
{
    /// <summary>The web app's own command, without what it takes to build it.</summary>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken stop)
    {
        string[] build = [];
        //#if (restrictedFeed)
        build = await Feed.IsRestrictedAsync(stop) ? Feed.Restricted : [];
        //#endif
        var check = Programs.Start("dotnet", ["run", "--project", "WebApp", "--no-launch-profile", "--verbosity", "quiet", .. build, "--", "check", .. arguments]);
        await check.WaitForExitAsync(stop);
        return check.ExitCode;
    }
}

/// <summary>Adds up the results of one or more runs.</summary>
internal sealed class TestReport
{
    private readonly List<string> failed = [];
    private readonly List<string> skipped = [];
    private int passed;

    public void Add(string folder, int exitCode)
    {
        var results = Directory.EnumerateFiles(folder, "*.trx").SelectMany(file => Named(XDocument.Load(file), "UnitTestResult"))
            .ToLookup(result => result.Attribute("outcome")?.Value);
        var failures = results["Failed"].Select(result => result.Attribute("testName")?.Value ?? "a test without a name").ToArray();

        passed += results["Passed"].Count();
        skipped.AddRange(results["NotExecuted"].Select(Reason));
        failed.AddRange(failures);
        if (exitCode != 0 && failures.Length == 0)
        {
            failed.Add($"the run itself: it did not build, or broke off (exit code {exitCode}); see above");
        }
    }

    /// <returns>The exit code: 0 when tests passed and none failed.</returns>
    public int Print()
    {
        foreach (var (reason, count) in skipped.CountBy(reason => reason))
        {
            Console.WriteLine($"skipped {count}: {reason}");
        }

        failed.ForEach(name => Console.WriteLine($"failed: {name}"));
        Console.WriteLine($"{passed} passed, {failed.Count} failed, {skipped.Count} skipped");
        return passed > 0 && failed.Count == 0 ? 0 : 1;
    }

    private static string Reason(XElement result) =>
        Named(result, "Message").Concat(Named(result, "StdOut")).Select(text => text.Value.Trim().ReplaceLineEndings(" ")).FirstOrDefault("no reason given");

    private static IEnumerable<XElement> Named(XContainer container, string name) =>
        container.Descendants().Where(element => element.Name.LocalName == name);
}

/// <summary>The programs of this machine that some tests run against. A test that misses one skips.</summary>
internal static class TestPrograms
{
    // On Debian a package starts its service when it is installed; policy-rc.d forbids that for the time being.
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
    private static readonly string[][] Needed =
    [
        ["redis-server"], ["chromium", "chromium-browser", "google-chrome"], ["nginx"], ["haproxy"], ["caddy"], ["varnish", "varnishd"],
        ["prometheus-blackbox-exporter", "blackbox_exporter"],
    ];

    public static async Task InstallMissingAsync(string[] more, CancellationToken stop)
    {
        var isRoot = Environment.IsPrivilegedProcess;
        var mayInstall = Programs.Exist("apt-get") && (isRoot || Environment.GetEnvironmentVariable("CI") == "true");
        foreach (var package in Needed.Concat(more.Select(name => new[] { name })).Where(names => !names.Any(Programs.Exist)).Select(names => names[0]))
        {
            if (!mayInstall)
            {
                Console.WriteLine($"not installed: {package}. The tests that need it are skipped.");
                continue;
            }

            string[] command = ["sh", "-c", InstallScript, "sh", package];
            var (exitCode, output) = isRoot ? await Programs.AskAsync("env", command, stop) : await Programs.AskAsync("sudo", ["-n", .. command], stop);
            Console.WriteLine(exitCode == 0 ? $"installed: {package}" : $"could not install {package}: {output.TrimEnd().Split('\n')[^1]}");
        }

        await InstallScannersAsync(isRoot || Environment.GetEnvironmentVariable("CI") == "true", stop);
    }

    /// <summary>What judges the security headers and the HTML. Their own install scripts, which fetch lists that no test needs, are not run.</summary>
    private static async Task InstallScannersAsync(bool mayInstall, CancellationToken stop)
    {
        if (Directory.Exists(Solution.PathOf(".dev/scanners/node_modules/html-validate")))
        {
            return;
        }

        if (!mayInstall || !Programs.Exist("npm"))
        {
            Console.WriteLine("not installed: the scanners of headers and HTML, which need Node.js and npm. The tests that need them are skipped.");
            return;
        }

        var (exitCode, output) = await Programs.AskAsync(
            "npm", ["install", "--prefix", Solution.Folder(".dev/scanners"), "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", .. Scanners], stop);
        Console.WriteLine(exitCode == 0 ? "installed: the scanners of headers and HTML" : $"could not install the scanners of headers and HTML: {output.TrimEnd().Split('\n')[0]}");
    }
}

/// <summary>Something that the developer has to mend: shown without a stack trace.</summary>
internal sealed class Refusal(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode => exitCode;
}

internal static class Solution
{
    /// <summary>Where this file is, whatever the current folder.</summary>
    public static string Root { get; } = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;

    /// <summary>Each generated application has its own name.</summary>
    public static string FileName => Path.GetFileName(Directory.EnumerateFiles(Root, "*.sln").Single());

    public static string PathOf(string name) => Path.Combine(Root, name);

    public static string EmptyFolder(string name)
    {
        Directory.Delete(Folder(name), recursive: true);
        return Folder(name);
    }

    /// <summary>A folder that only this user can read.</summary>
    public static string Folder(string name) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(PathOf(name)).FullName
        : Directory.CreateDirectory(PathOf(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
}

/// <summary>The programs that were started here. None of them outlives this one.</summary>
internal static partial class Programs
{
    private static readonly Stack<Process> Started = new();

    /// <summary>Servers are in /usr/sbin, which not every user's PATH names.</summary>
    public static bool Exist(string name) =>
        $"{Environment.GetEnvironmentVariable("PATH")}{Path.PathSeparator}/usr/sbin".Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    public static Process Start(ProcessStartInfo start)
    {
        start.WorkingDirectory = Solution.Root;
        Started.Push(Process.Start(start)!);
        return Started.Peek();
    }

    public static Process Start(string program, params IEnumerable<string> arguments) => Start(new ProcessStartInfo(program, arguments));

    /// <summary>Runs a program to its end and returns what it said.</summary>
    public static async Task<(int ExitCode, string Output)> AskAsync(string program, IEnumerable<string> arguments, CancellationToken stop)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en"; // what it says is read here
        var process = Start(start);
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, string.Concat(said));
    }

    /// <summary>Asks each, the last started first, to end in order.</summary>
    public static async Task EndAllAsync()
    {
        foreach (var process in Started.Where(process => !process.HasExited))
        {
            try
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30)); // Aspire takes up to fifteen
                Posix.Terminate(process);
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

/// <summary>What .NET has no method for.</summary>
internal static partial class Posix
{
    private const int SigTerm = 15;

    /// <summary>Windows ends a program together with the `dotnet` that started it; here that has to be noticed.</summary>
    public static Timer WhenParentEnds(Action action)
    {
        var parent = ParentId();
        return new Timer(_ => (ParentId() == parent ? () => { } : action)(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        static int ParentId() => OperatingSystem.IsWindows() ? 0 : getppid();
    }

    public static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
        }
        else
        {
            _ = kill(process.Id, SigTerm);
        }
    }

    [DllImport("libc")]
    private static extern int getppid();

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}
//#if (repository)

/// <summary>Sessions here and elsewhere, under load: see benchmarks/README.md.</summary>
internal static class Benchmarks
{
    public static async Task<int> RunAsync(string[] arguments, CancellationToken stop)
    {
        var program = Programs.Start("dotnet", ["run", "--project", "benchmarks/runner", "--configuration", "Release", "--", .. arguments]);
        await program.WaitForExitAsync(stop);
        return program.ExitCode;
    }
}
//#endif
//#if (restrictedFeed)

/// <summary>Which NuGet feed this machine has; see eng/restricted-feed/README.md.</summary>
internal static class Feed
{
    /// <summary>With output folders of its own: what is built for one feed neither sees nor spoils what was built for the other.</summary>
    public static readonly string[] Restricted = ["-p:RestrictedFeed=true", "--artifacts-path", "artifacts/restricted-feed"];

    // What a restore says when a source has no such package, and when there was no source to ask.
    private static readonly string[] Lacking = ["NU1101", "NU1102", "NU1103", "NU1603", "MSB4236"];
    private static readonly string[] Unreachable = ["NU1301", "NU1900", "Unable to load the service index", "Failed to retrieve information"];

    private static readonly string[] RestrictedSolution = ["eng/restricted-feed/RestrictedFeed.slnf", .. Restricted];

    public static async Task<bool> IsRestrictedAsync(CancellationToken stop)
    {
        if (bool.TryParse(Environment.GetEnvironmentVariable("RestrictedFeed"), out var told))
        {
            return told;
        }

        var memory = Path.Combine(Solution.Folder(".dev"), "feed");
        var question = await QuestionAsync(stop);
        if (File.Exists(memory) && File.ReadAllText(memory).Split('\n', 2) is [var answer, var asked] && asked == question)
        {
            return answer == "restricted";
        }

        Console.WriteLine("Asking the NuGet feed, once, whether it has Aspire...");
        var restricted = !await HasPackagesOfAsync(["AppHost"], stop);
        await File.WriteAllTextAsync(memory, $"{(restricted ? "restricted" : "full")}\n{question}", stop);
        return restricted;
    }

    /// <summary>A full feed tests both ways, if it also has what the substitutes are built on.</summary>
    public static async Task<string[][]> TestRunsAsync(CancellationToken stop) =>
        await IsRestrictedAsync(stop) ? [RestrictedSolution]
        : await HasPackagesOfAsync(RestrictedSolution, stop) ? [[Solution.FileName], RestrictedSolution]
        : [[Solution.FileName]];

    /// <summary>What the answer depends on: when it changes, the feed is asked again.</summary>
    private static async Task<string> QuestionAsync(CancellationToken stop) => string.Join(
        '\n',
        (await Programs.AskAsync("dotnet", ["nuget", "list", "source", "--format", "short"], stop)).Output,
        Environment.GetEnvironmentVariable("RestoreAdditionalProjectSources"),
        await File.ReadAllTextAsync(Solution.PathOf("AppHost/AppHost.csproj"), stop),
        await File.ReadAllTextAsync(Solution.PathOf("Directory.Packages.props"), stop));

    private static async Task<bool> HasPackagesOfAsync(string[] project, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromMinutes(10)); // a first restore fetches some hundred megabytes
        try
        {
            var (exitCode, output) = await Programs.AskAsync("dotnet", ["restore", .. project, "--verbosity", "quiet"], patience.Token);
            if (exitCode == 0 || (Lacking.Any(output.Contains) && !Unreachable.Any(output.Contains)))
            {
                return exitCode == 0;
            }

            throw new Refusal(Unreachable.Any(output.Contains)
                ? "The NuGet feed cannot be reached, so it is not known whether it has Aspire. Try again when it can be, or set RestrictedFeed to true or false."
                : $"`dotnet restore {string.Join(' ', project)}` failed:\n{output.Trim()}");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new Refusal("The NuGet feed did not answer within ten minutes.");
        }
    }
}

/// <summary>The web app without the AppHost, which needs Aspire: started here, with a Redis of its own.</summary>
internal static class WebAppAlone
{
    public static async Task<int> RunAsync(string[] arguments, CancellationToken stop)
    {
        var urls = Urls(arguments);
        var address = urls.Split(';')[0].TrimEnd('/').Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal);
        WebAppAddress.MustBeFree(address);
        Console.WriteLine("This NuGet feed lacks Aspire: the web app runs without the AppHost. (Remembered in .dev/feed; delete it to ask again.)");

        var start = new ProcessStartInfo("dotnet", ["run", "--project", "WebApp", "--no-launch-profile", .. Feed.Restricted]);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = urls;
        if (await LocalRedis.StartAsync(stop) is { } connectionString)
        {
            start.Environment["ConnectionStrings__redis"] = connectionString;
        }

        var webApp = Programs.Start(start);
        return await Run.AnnounceAsync(address, webApp, stop);
    }

    private static string Urls(string[] arguments) => arguments switch
    {
        [] => Environment.GetEnvironmentVariable("ASPNETCORE_URLS") is { Length: > 0 } urls ? urls : WebAppAddress.InLaunchSettings,
        ["--port", var text] when ushort.TryParse(text, provider: null, out var port) && port > 0 => $"http://localhost:{port}",
        _ => throw new Refusal("`run` takes only `--port` and a number from 1 to 65535."),
    };
}

/// <summary>A Redis for this folder, on a free port of this machine.</summary>
internal static class LocalRedis
{
    /// <returns>Its connection string; null when the web app is to use another Redis, or its own memory.</returns>
    public static async Task<string?> StartAsync(CancellationToken stop)
    {
        if (Environment.GetEnvironmentVariable("REDIS_URL") is { Length: > 0 } || Environment.GetEnvironmentVariable("ConnectionStrings__redis") is { Length: > 0 })
        {
            return null;
        }

        if (!Programs.Exist("redis-server"))
        {
            Console.WriteLine("There is no redis-server on the PATH: the count is kept in memory, and gone when the web app stops.");
            return null;
        }

        var folder = Solution.Folder(".dev/redis");
        MustNotBeInUse(folder);
        var (port, password) = (FreePort(), Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

        var redis = Programs.Start(new ProcessStartInfo("redis-server", ["-"]) { RedirectStandardInput = true, RedirectStandardOutput = true });

        // Configured through standard input: the password is neither in a file nor in the list of processes.
        await redis.StandardInput.WriteAsync($"""
            dir "{folder}"
            bind 127.0.0.1
            port {port}
            requirepass {password}
            appendonly yes
            save ""
            pidfile redis.pid

            """);
        redis.StandardInput.Close();

        var said = "it said nothing.";
        while (await redis.StandardOutput.ReadLineAsync(stop) is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = redis.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None); // it would block when nobody reads
                return $"127.0.0.1:{port},password={password}";
            }

            said = line.Length > 0 ? line.Split("# ")[^1] : said;
        }

        throw new Refusal($"redis-server did not start: {said}");
    }

    /// <summary>Two servers on the same data would destroy it. A Redis that ends in order removes its pid file.</summary>
    private static void MustNotBeInUse(string folder)
    {
        var pidFile = Path.Combine(folder, "redis.pid");
        if (File.Exists(pidFile) && int.TryParse(File.ReadAllText(pidFile), provider: null, out var id)
            && Process.GetProcesses().Any(process => process.Id == id && process.ProcessName.StartsWith("redis", StringComparison.Ordinal)))
        {
            throw new Refusal($"Another redis-server (process {id}) uses .dev/redis: end that process, or the `dotnet dev.cs run` that started it, first.");
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
//#endif
