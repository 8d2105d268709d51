using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Foundation;

/// <summary>Lets one through in a minute: for log lines that any number of requests could cause.</summary>
internal sealed class OnceAMinute(TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private long last;

    /// <summary>A request of the application itself is never due and uses nothing up.</summary>
    public bool IsDue(HttpContext context) => !InProcessRequest.Is(context) && IsDue();

    /// <summary>Where there is no request.</summary>
    public bool IsDue()
    {
        var now = clock.GetTimestamp();
        var before = Interlocked.Read(ref last);
        return (before == 0 || clock.GetElapsedTime(before, now) >= Pause) && Interlocked.CompareExchange(ref last, now, before) == before;
    }
}
