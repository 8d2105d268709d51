namespace ServiceDefaults.Caching;

/// <summary>Who may be given a kept answer.</summary>
public enum CacheScope
{
    /// <summary>Only the browser that asked (RFC 9111, section 5.2.2.7). What a hint that names no scope means.</summary>
    Private,

    /// <summary>Anybody: the answer is the same for every visitor, signed in or not.</summary>
    Public,
}
