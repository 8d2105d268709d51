using System.Diagnostics;
using System.Reflection;

namespace Tests.Parts;

/// <summary>Garnet, built once for all tests of a run.</summary>
internal static class GarnetProgram
{
    private static readonly string Folder = Path.Combine(Repository.Root, "engine", "DevelopmentRedis");
    private static readonly Lazy<Task<string>> Build = new(BuildAsync);

    /// <summary>The path of the assembly, as soon as it is built.</summary>
    public static Task<string> Built => Build.Value;

    private static async Task<string> BuildAsync()
    {
        var configuration = typeof(GarnetProgram).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", Folder, "--configuration", configuration, "-nologo"]) { RedirectStandardOutput = true })!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, output);
        return Path.Combine(Folder, "bin", configuration, "net10.0", "DevelopmentRedis.dll");
    }
}
