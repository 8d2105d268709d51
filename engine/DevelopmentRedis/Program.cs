using System.Runtime.InteropServices;
using DevelopmentRedis;
using Garnet;
using Garnet.common;
using Garnet.server.Auth.Settings;

const string Usage = "usage: DevelopmentRedis PORT DATA_FOLDER, with the password in the environment variable REDIS_PASSWORD";

if (args is not [var port, var folder] || Environment.GetEnvironmentVariable("REDIS_PASSWORD") is not { Length: > 0 } password)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

var stop = new TaskCompletionSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
try
{
    using var owner = DataFolder.Lock(folder);
    var failures = new StorageFailures(folder, stop);
    var server = new GarnetServer(
        [
            "--bind", "127.0.0.1",
            "--port", port,

            // Session changes are scripts, each of which is one transaction in Redis.
            "--lua", "true",
            "--lua-transaction-mode", "true",

            // At most 128 MB of data; beyond it the oldest records are dropped.
            "--memory", "128m",
            "--page", "4m",
            "--index", "4m",
            "--index-max-size", "16m",
            "--buffer-pool-memory-budget", "32m",

            // Every write is in the file before it is confirmed. Beyond 16 MB a checkpoint takes the file's place.
            "--aof", "true",
            "--aof-commit-wait", "true",
            "--aof-memory", "16m",
            "--aof-page-size", "8m",
            "--aof-segment-size", "8m",
            "--aof-size-limit", "16m",
            "--recover", "true",
            "--fail-on-recovery-error", "true",
            "--checkpointdir", folder,
            "--device-type", "RandomAccess", // pure .NET: the native device needs libaio

            "--commandstats-monitor", "true",
            "-q", "true",
        ],
        failures,
        authenticationSettingsOverride: new PasswordAuthenticationSettings(password));
    server.Start();
    failures.EndRecovery();
    Console.WriteLine($"Garnet accepts connections on 127.0.0.1:{port}. Its data is in {folder}.");
    await stop.Task;
    server.Dispose();
    return 0;
}
catch (Exception exception) when (exception is GarnetException or StorageException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"Garnet stopped: {exception.Message}");
    Environment.Exit(1); // the server is not disposed: it would wait forever for storage that fails
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true; // the server is disposed first, which completes what is being written
    stop.TrySetResult();
}
