using System.Globalization;
using System.Runtime.InteropServices;

namespace Benchmarks;

/// <summary>Where it was measured.</summary>
internal static class Machine
{
    public static string Describe() => string.Join("; ", new[]
    {
        $"{Environment.ProcessorCount} processors ({Processor()})",
        OperatingSystemName(),
        $".NET {Environment.Version}",
        $"Node.js {FirstLine("node", "--version")}",
        $"Redis {Word(FirstLine("redis-server", "--version"), "v=")}",
        $"wrk {FirstLine("wrk", "--version").Split(' ').ElementAtOrDefault(1)}",
        $"load average at the start {LoadAverage()}",
        DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    });

    private static string Processor() => Field("/proc/cpuinfo", "model name", ':');

    private static string OperatingSystemName() =>
        Field("/etc/os-release", "PRETTY_NAME", '=').Trim('"') is { Length: > 0 } name ? name : RuntimeInformation.OSDescription;

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Field(string file, string name, char separator) =>
        !File.Exists(file) ? "" : File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(separator, 2)[1].Trim() ?? "";

    private static string FirstLine(string program, string argument) =>
        Programs.Exist(program) ? Programs.AskAsync(program, [argument], CancellationToken.None).GetAwaiter().GetResult().Output.Split('\n')[0].Trim() : "none";

    private static string Word(string line, string start) =>
        line.Split(' ').FirstOrDefault(word => word.StartsWith(start, StringComparison.Ordinal))?[start.Length..] ?? line;
}
