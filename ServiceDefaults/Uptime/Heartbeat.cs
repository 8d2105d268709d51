using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Foundation;
using ServiceDefaults.Health;
using ServiceDefaults.Uptime.ResponseTimes;

namespace ServiceDefaults.Uptime;

/// <summary>Puts on record, while this replica is ready, that it is, and the response times that it has counted.</summary>
internal sealed partial class Heartbeat(
    Readiness readiness, IUptimeRecords uptime, ResponseTimeCounter counter, IResponseTimeRecords responseTimes, TimeProvider clock, ILogger<Heartbeat> logger)
    : BackgroundService, IHostedLifecycleService
{
    /// <summary>While it is not ready, or not on record: so that the end of an outage is seen soon.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    private readonly OnceAMinute notice = new(clock);
    private Told? told;

    /// <summary>When this process started.</summary>
    public DateTimeOffset Started { get; } = clock.GetUtcNow();

    /// <summary>The store's time of the last beat of this replica.</summary>
    public DateTimeOffset? LastBeat => told?.Time;

    /// <summary>Whether this replica is on record as ready, by its own stopwatch.</summary>
    public bool IsFresh => VouchedFrom is not null;

    /// <summary>The store's time of the previous beat, if that was just before.</summary>
    private DateTimeOffset? VouchedFrom => told is { } last && clock.GetElapsedTime(last.At) <= UptimeRules.Grace ? last.Time : null;

    /// <summary>Beats, if this replica is ready.</summary>
    /// <returns>Whether it has.</returns>
    public async Task<bool> BeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await readiness.IsReadyAsync())
            {
                return false;
            }

            var at = clock.GetTimestamp();
            var beat = new Beat(ApplicationIdentity.Instance, ApplicationIdentity.Version, Started, VouchedFrom);
            told = new Told(await uptime.BeatAsync(beat, cancellationToken), at);
            await RecordResponseTimesAsync(told.Time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested) // whatever a store throws: it must not end the heart
        {
            if (notice.IsDue())
            {
                LogNotRecorded(exception.GetType().Name, exception);
            }

            return false;
        }
    }

    /// <summary>The first one before the start is over: whoever is told that it has started finds it on record.</summary>
    public Task StartedAsync(CancellationToken cancellationToken) => BeatAsync(cancellationToken);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await uptime.LeaveAsync(ApplicationIdentity.Instance, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotRecorded(exception.GetType().Name, exception);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = UptimeRules.BeatInterval;
        while (true)
        {
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            pause = await BeatAsync(stoppingToken) ? UptimeRules.BeatInterval : Retry;
        }
    }

    private async Task RecordResponseTimesAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        var taken = counter.Take();
        try
        {
            await responseTimes.AddAsync(time, taken, cancellationToken);
        }
        catch
        {
            counter.Return(taken);
            throw;
        }
    }

    [LoggerMessage(LogLevel.Warning, "This replica's uptime cannot be put on record ({Reason}). It goes on trying.")]
    private partial void LogNotRecorded(string reason, Exception exception);

    private sealed record Told(DateTimeOffset Time, long At);
}
