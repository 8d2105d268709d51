using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>Programs of this machine that run to their end.</summary>
internal static class Programs
{
    private static readonly string Root = FindRoot();

    public static string PathOf(string name) => Path.Combine(Root, name);

    public static bool Exist(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    public static void MustExist(params string[] names)
    {
        if (names.Where(name => !Exist(name)).ToArray() is { Length: > 0 } missing)
        {
            throw new Refusal($"Not on the PATH: {string.Join(", ", missing)}. On Debian: apt-get install redis-server wrk");
        }
    }

    /// <summary>Runs a program and returns what it said.</summary>
    public static async Task<(int ExitCode, string Output)> AskAsync(string program, IEnumerable<string> arguments, CancellationToken stop, string folder = ".")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = PathOf(folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
            await process.WaitForExitAsync(stop);
            return (process.ExitCode, string.Concat(said));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && folder.GetFiles("*.sln").Length == 0)
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("No solution file above " + AppContext.BaseDirectory);
    }
}

/// <summary>Something that has to be mended first: shown without a stack trace.</summary>
internal sealed class Refusal(string message) : Exception(message);
