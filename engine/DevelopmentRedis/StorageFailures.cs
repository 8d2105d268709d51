using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace DevelopmentRedis;

/// <summary>Turns what Garnet only logs into failures: data that it would skip on recovery, and writes that did not reach the disk.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="stop">Fails when the storage does.</param>
internal sealed partial class StorageFailures(string folder, TaskCompletionSource stop) : ILoggerFactory, ILogger
{
    /// <summary>A write that a kill interrupted leaves part of one record: 27 bytes in twelve kills under load.</summary>
    private const long TornWrite = 4096;

    private volatile bool recovering = true;

    /// <summary>From now on a failure ends the process instead of the start.</summary>
    public void EndRecovery() => recovering = false;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is null || !IsEnabled(logLevel) || stop.Task.IsCompleted)
        {
            return;
        }

        var message = formatter(state, exception);
        if (exception is IOException)
        {
            stop.TrySetException(new StorageException($"cannot write to {folder}: {exception.Message}. Free some space, then start it again."));
        }
        else if (recovering && !IsTornWrite(message))
        {
            throw exception as StorageException ?? new StorageException(
                $"the data in {folder} is damaged, and was left as it is. Move the folder away to start without data. Garnet reports: {exception.Message}");
        }

        Console.Error.WriteLine(message);
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private bool IsTornWrite(string message) =>
        DamagedRecord().Match(message) is { Success: true } record
        && DataFolder.EndOfLog(folder) - long.Parse(record.Groups[1].Value, CultureInfo.InvariantCulture) < TornWrite;

    [GeneratedRegex(@"(?:near|until) address (\d+)")]
    private static partial Regex DamagedRecord();
}
