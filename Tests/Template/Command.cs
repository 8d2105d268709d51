using System.Diagnostics;

namespace Tests.Template;

/// <summary>A program that is run to its end, in bounded time.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5); // a build on a busy machine

    /// <summary>Runs <c>dotnet</c>.</summary>
    /// <returns>What it wrote.</returns>
    public static Task<string> DotNetAsync(string folder, params string[] arguments) => RunAsync("dotnet", folder, new Dictionary<string, string>(), arguments);

    /// <summary>Runs a program and expects it to succeed.</summary>
    /// <returns>What it wrote to standard output and standard error.</returns>
    public static async Task<string> RunAsync(string program, string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Process.Start(Describe(program, folder, environment, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        var transcript = await output + await error;
        Assert.True(
            !patience.IsCancellationRequested && process.ExitCode == 0,
            $"{program} {string.Join(' ', arguments)}\nin {folder}\n{(patience.IsCancellationRequested ? $"was stopped after {Patience.TotalMinutes} min" : $"ended with {process.ExitCode}")}:\n{transcript}");
        return transcript;
    }

    /// <summary>How a program is started: English, quiet, and without build nodes that outlive it and hold its output open; the compiler, which holds nothing, may stay.</summary>
    public static ProcessStartInfo Describe(string program, string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment.Remove("FeedGaps"); // an application has an option for it
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
