using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Limits;

/// <summary>How many clients may be connected, and how slow they may be. Configuration section <c>Limits:Connections</c>.</summary>
public sealed class ConnectionLimits
{
    /// <summary>
    /// How many connections are open at a time, and as many more that have become WebSockets. Default 10,000, which cost
    /// some 100 MB; from 10 to 1,000,000. One more is closed at once.
    /// </summary>
    [Range(10L, 1_000_000L)]
    public long Count { get; set; } = 10_000;

    /// <summary>How many requests are under way in one HTTP/2 connection. Default 100, the least that RFC 9113 (6.5.2) recommends; from 1 to 1,000. One more waits.</summary>
    [Range(1, 1000)]
    public int Streams { get; set; } = 100;

    /// <summary>How long a connection may be idle. Default 130 s, as Kestrel has it: longer than proxies keep theirs; from 1 s to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>The slowest body, in bytes per second. Default 240, as Kestrel has it; from 1 to 1,000,000. Below it: 408.</summary>
    [Range(1, 1_000_000)]
    public int BodyBytesPerSecond { get; set; } = 240;

    /// <summary>
    /// The slowest reader of an answer, in bytes per second. Default 1,000: whoever stands still is cut within 40 s; from 1 to
    /// 1,000,000. Below it the connection is closed.
    /// </summary>
    [Range(1, 1_000_000)]
    public int AnswerBytesPerSecond { get; set; } = 1000;

    /// <summary>How long either may be slower. Default 5 s, as Kestrel has it; from 2 s to a minute.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:01:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How much memory all answers together may hold that were written in one piece and wait for their readers. Default
    /// 32 MiB; from 1 MiB to 16 GiB. Above it a connection is closed: one that has waited for 5 s, else the one that asks for more.
    /// </summary>
    [Range(1024L * 1024, 16L * 1024 * 1024 * 1024)]
    public long UnsentBytes { get; set; } = 32 * 1024 * 1024;
}
