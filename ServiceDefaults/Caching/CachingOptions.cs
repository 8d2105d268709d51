using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Caching;

/// <summary>How much the server's cache may hold. Configuration section <c>Caching</c>.</summary>
public sealed class CachingOptions
{
    /// <summary>
    /// The largest answer that is held until it is complete: up to this size an answer with a hint gets an ETag, and may be
    /// stored. Default 1 MiB; from 1 KiB to 16 MiB.
    /// </summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxAnswerBytes { get; set; } = 1024 * 1024;

    /// <summary>The most that all stored answers may take, in Redis or in this process. Default 64 MiB; from 1 MiB to 1 GiB.</summary>
    [Range(1024L * 1024, 1024L * 1024 * 1024)]
    public long MaxBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// How long an answer waits for the store in Redis before it is made anew; asking must cost less than what it saves.
    /// Default 250 ms; from 10 ms to 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:10")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(250);
}
