namespace ServiceDefaults.Uptime;

/// <summary>The numbers of the uptime records.</summary>
public static class UptimeRules
{
    /// <summary>How often a replica that is ready says so: every 10 s.</summary>
    public static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(10);

    /// <summary>How long no replica may be ready before it is an outage: 30 s, in which two beats may be missed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>How long an outage is remembered: 91 days, so that 90 whole ones can be shown.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(91);

    /// <summary>
    /// How many outages are remembered: 2,048, in 32 KiB. Beyond it the oldest is forgotten, and what is known begins at its
    /// end: a site that fails so often has a shorter history, and never a better one.
    /// </summary>
    public const int MaxOutages = 2048;
}
