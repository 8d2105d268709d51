using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Sessions;

/// <summary>
/// Where sessions are kept, how long at most and how large. Configuration section <c>Session</c>; the idle limit and
/// the time to wait for the store are ASP.NET Core's <see cref="Microsoft.AspNetCore.Builder.SessionOptions"/>, from the same section.
/// </summary>
public sealed class SessionStoreOptions
{
    /// <summary>Where sessions are kept; by default Redis when it is configured, else, in Development, memory.</summary>
    public SessionStoreKind? Store { get; set; }

    /// <summary>
    /// How long a session lives at most, however busy it is. Default 30 days, which is also the cookie's Max-Age;
    /// from a minute to 400 days, the most that browsers keep a cookie (RFC 6265bis, section 5.5).
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "400.00:00:00")]
    public TimeSpan AbsoluteTimeout { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The most that one session may hold, keys and values together. Default 65,536 bytes; from 1,024 to 16,777,216.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 64 * 1024;

    /// <summary>Whether there is a connection string; set at registration.</summary>
    internal bool RedisIsConfigured { get; set; }

    /// <summary>Whether the application has brought a store of its own; set at registration.</summary>
    internal bool HasOwnStore { get; set; }

    internal SessionStoreKind Effective => Store ?? (RedisIsConfigured ? SessionStoreKind.Redis : SessionStoreKind.Memory);
}

/// <summary>Where sessions can be kept.</summary>
public enum SessionStoreKind
{
    /// <summary>In Redis: survives restarts, shared by all replicas.</summary>
    Redis,

    /// <summary>In this process: gone with it, and not shared. Outside Development only when configured by this name.</summary>
    Memory,

    /// <summary>In the <c>IDistributedCache</c> that the application has registered.</summary>
    DistributedCache,
}
