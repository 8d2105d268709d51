namespace Aspire.StackExchange.Redis;

/// <summary>How the client is registered.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>The connection string; by default <c>ConnectionStrings:{name}</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Without the package's own health check; this substitute has none.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Without spans of commands; this substitute has none.</summary>
    public bool DisableTracing { get; set; }
}
