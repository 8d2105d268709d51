using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Caching;

/// <summary>Lets one request in two seconds find out whether Redis is back, and the others not wait for it.</summary>
internal sealed partial class RedisOutage(TimeProvider clock, ILogger<RedisOutage> logger)
{
    private const long None = long.MinValue;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private long lastTry = None;

    public bool MayTry()
    {
        var last = Volatile.Read(ref lastTry);
        return last == None || (clock.GetElapsedTime(last) >= Pause && Interlocked.CompareExchange(ref lastTry, clock.GetTimestamp(), last) == last);
    }

    public void NoticeFailure(Exception exception)
    {
        if (Interlocked.Exchange(ref lastTry, clock.GetTimestamp()) == None)
        {
            LogOutage((exception.InnerException ?? exception).GetType().Name, exception);
        }
    }

    public void NoticeSuccess()
    {
        if (Volatile.Read(ref lastTry) != None && Interlocked.Exchange(ref lastTry, None) != None)
        {
            LogRecovery();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The shared output cache (Redis) fails ({Reason}). Answers are made anew until it is back.")]
    private partial void LogOutage(string reason, Exception exception);

    [LoggerMessage(LogLevel.Information, "The shared output cache (Redis) works again.")]
    private partial void LogRecovery();
}
