using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Limits;

/// <summary>How many requests are worked on, and how many wait for that. Configuration section <c>Limits:Queue</c>. Above it: 503.</summary>
/// <remarks>A request takes a place while it is worked on: neither while its body is awaited nor once its answer has begun.</remarks>
public sealed class QueueLimits
{
    /// <summary>How many at a time. Default 200, the threads of Tomcat and Jetty; from 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int Places { get; set; } = 200;

    /// <summary>How many wait. Default 400; from 0 to 100,000.</summary>
    [Range(0, 100_000)]
    public int Waiting { get; set; } = 400;

    /// <summary>How long one waits. Default 5 s; from 100 ms to a minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Time { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long work may wait for a thread. When it has waited longer for a tenth of a second, more is refused until it does
    /// not. Default 20 ms, which keeps the answers to probes below 100 ms; from 1 ms to 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(20);
}
