namespace ServiceDefaults.Caching;

/// <summary>A hint for a page model, a controller, an action or the handler of an endpoint.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class CacheHintAttribute : Attribute, ICacheHint
{
    private int? maxAgeSeconds;
    private CacheScope? scope;

    /// <summary>How long the answer may be kept, in seconds. Default 0, which is not at all; up to 31,536,000, a year.</summary>
    public int MaxAgeSeconds
    {
        get => maxAgeSeconds ?? 0;
        set => maxAgeSeconds = value;
    }

    /// <summary>For whom. Default <see cref="CacheScope.Private"/>.</summary>
    public CacheScope Scope
    {
        get => scope ?? CacheScope.Private;
        set => scope = value;
    }

    /// <summary>Names under which the server's cache can be told to drop the answer. Default none.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>The request headers on which the answer depends: its <c>Vary</c>. Default none.</summary>
    public string[] VaryBy { get; set; } = [];

    CacheHint ICacheHint.Hint => new(maxAgeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, scope, Tags, VaryBy);
}
