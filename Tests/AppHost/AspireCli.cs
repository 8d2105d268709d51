using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Aspire.Hosting;
using Tests.Parts;

namespace Tests.AppHost;

/// <summary>
/// Installs the Aspire CLI and runs commands with a home folder of their own: the CLI keeps secrets, certificates and its
/// connection to a running AppHost there, and would stop an AppHost that a developer runs.
/// </summary>
public sealed class AspireCli : IAsyncLifetime
{
    /// <summary>Ends a command that would never end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string Version =
        typeof(DistributedApplication).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly string folder = Directory.CreateTempSubdirectory("aspire-cli-").FullName;
    private string? missing;

    /// <summary>Where the commands may write.</summary>
    public string Output => Path.Combine(folder, "output");

    /// <summary>How the AppHost was built: no command builds it again.</summary>
    public static string Configuration { get; } = typeof(AspireCli).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private string Home => Path.Combine(folder, "home");

    private string Tools => Path.Combine(folder, "tools");

    /// <summary>Skips a test where the CLI could not be installed, or would leave something with the developer.</summary>
    public void Require()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "HOME moves all that the Aspire CLI writes on Linux only: elsewhere its certificate would be the developer's");
        Skip.If(missing is not null, $"the Aspire CLI {Version} could not be installed: {missing}");
    }

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Output);
        var packages = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget");
        if (Directory.Exists(packages))
        {
            Directory.CreateSymbolicLink(Path.Combine(Home, ".nuget"), packages); // the feeds, and the packages that the AppHost runs
        }

        var install = await RunAsync("dotnet", "tool", "install", "Aspire.Cli", "--version", Version, "--tool-path", Tools);
        if (install.Code != 0)
        {
            missing = install.Error.Trim();
            Assert.True(
                missing.Contains("is not found in NuGet feeds", StringComparison.Ordinal) || missing.Contains("Unable to load the service index", StringComparison.Ordinal),
                install.ToString());
        }
    }

    /// <summary>Runs a command of the CLI on the AppHost that <c>aspire.config.json</c> names, as it was built.</summary>
    public Task<Result> AspireAsync(params string[] arguments) => RunAsync(Path.Combine(Tools, "aspire"), arguments);

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It took more than 3 minutes, and was ended.</exception>
    public async Task<Result> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Describe(program, arguments))!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} took more than {Patience}.");
        }

        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Starts <c>aspire run</c>, which ends when it is asked to.</summary>
    public Running Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = Describe(Path.Combine(Tools, "aspire"), ["run", .. arguments]);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(start);
    }

    /// <summary>The processes that have this home folder: all that the commands started, and all that those started in turn.</summary>
    /// <returns>Their command lines, by their ids.</returns>
    public IReadOnlyDictionary<int, string> Processes() => Left().ToDictionary(process => process.Id, process => Read(process, "cmdline").Replace('\0', ' '));

    /// <summary>Ends what a failed test has left, by its ids, and deletes what the commands wrote.</summary>
    public async Task DisposeAsync()
    {
        foreach (var process in Left())
        {
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(Patience);
        }

        Directory.Delete(folder, recursive: true);
    }

    private Process[] Left() => [.. Process.GetProcesses().Where(process => VariablesOf(process).Contains($"HOME={Home}"))];

    private static string[] VariablesOf(Process process) => Read(process, "environ").Split('\0');

    /// <summary>What Linux tells of a process; nothing of one that has ended, or that another user runs.</summary>
    private static string Read(Process process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private ProcessStartInfo Describe(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = Home;
        start.Environment.Remove("ASPIRE_HOME");
        start.Environment["Configuration"] = Configuration; // the CLI has no option for it
        start.Environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";
        start.Environment["ASPIRE_CLI_NOLOGO"] = "true";
        start.Environment["ASPIRE_NON_INTERACTIVE"] = "true";
        start.Environment["NO_COLOR"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0"; // no build server may outlive its command
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return start;
    }

    /// <summary>How a command ended, and what it wrote.</summary>
    public sealed record Result(int Code, string Output, string Error);

    /// <summary>A command that runs until it is asked to end.</summary>
    public sealed class Running : IDisposable
    {
        private readonly ConcurrentQueue<string> lines = new();
        private readonly Process process;

        internal Running(ProcessStartInfo start)
        {
            process = Process.Start(start)!;
            process.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
            process.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public bool HasExited => process.HasExited;

        public int Id => process.Id;

        public string Output => string.Join('\n', lines);

        public async Task<int> ExitCodeAsync()
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
            return process.ExitCode;
        }

        public void Dispose()
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
        }
    }
}
