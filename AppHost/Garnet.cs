using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AppHost;

/// <summary>Finds and builds <c>engine/DevelopmentRedis</c>, a Redis for machines that have only the .NET SDK.</summary>
internal static partial class Garnet
{
    private static readonly string Configuration = typeof(Garnet).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The path of the assembly.</summary>
    public static string Program(IDistributedApplicationBuilder builder) =>
        Path.Combine(Folder(builder), "bin", Configuration, "net10.0", "DevelopmentRedis.dll");

    /// <summary>Builds it, unless it was built together with the AppHost and is newer than its sources.</summary>
    /// <exception cref="DistributedApplicationException">The build fails.</exception>
    public static async Task BuildAsync(IDistributedApplicationBuilder builder, IResource resource, IServiceProvider services, CancellationToken cancellationToken)
    {
        var built = File.GetLastWriteTimeUtc(Program(builder)); // a very early time when there is none
        if (Directory.EnumerateFiles(Folder(builder)).All(source => File.GetLastWriteTimeUtc(source) < built))
        {
            return;
        }

        var log = services.GetRequiredService<ResourceLoggerService>().GetLogger(resource);
        LogBuild(log);
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", Folder(builder), "--configuration", Configuration, "--verbosity", "quiet", "-nologo"])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await build.StandardOutput.ReadToEndAsync(cancellationToken);
        await build.WaitForExitAsync(cancellationToken);
        if (build.ExitCode != 0)
        {
            LogBuildFailure(log, output);
            throw new DistributedApplicationException("Garnet did not build: see the log of the resource.");
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Building Garnet, because this machine has neither a container engine nor a redis-server.")]
    private static partial void LogBuild(ILogger logger);

    [LoggerMessage(2, LogLevel.Error, "Garnet did not build: {Output}")]
    private static partial void LogBuildFailure(ILogger logger, string output);

    private static string Folder(IDistributedApplicationBuilder builder) =>
        Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", "engine", "DevelopmentRedis"));
}
