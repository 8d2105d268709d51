namespace ServiceDefaults.Caching;

/// <summary>What is known about how long, and for whom, a part of an answer may be kept. Parts that are not set stay as an earlier hint on the same path set them.</summary>
/// <remarks>As endpoint metadata, a hint speaks about the whole answer; that of an endpoint overrides that of its group.</remarks>
public sealed record CacheHint : ICacheHint
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    private readonly TimeSpan? maxAge;

    /// <summary>Makes a hint.</summary>
    /// <param name="maxAge">See <see cref="MaxAge"/>.</param>
    /// <param name="scope">See <see cref="Scope"/>.</param>
    /// <param name="tags">See <see cref="Tags"/>.</param>
    /// <param name="varyBy">See <see cref="VaryBy"/>.</param>
    public CacheHint(TimeSpan? maxAge = null, CacheScope? scope = null, IReadOnlyList<string>? tags = null, IReadOnlyList<string>? varyBy = null)
    {
        MaxAge = maxAge;
        Scope = scope;
        Tags = tags ?? [];
        VaryBy = varyBy ?? [];
    }

    /// <summary>How long it may be kept, in whole seconds: a part of a second is dropped. Nothing on a path means 0, which is not at all. From 0 to 365 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or longer than a year.</exception>
    public TimeSpan? MaxAge
    {
        get => maxAge;
        init => maxAge = value is null || (value >= TimeSpan.Zero && value <= Longest)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The max-age of a cache hint must be from 0 to 365 days.");
    }

    /// <summary>For whom. Nothing on a path means <see cref="CacheScope.Private"/>.</summary>
    public CacheScope? Scope { get; init; }

    /// <summary>Names under which the server's cache can be told to drop the answer. They add up over all hints.</summary>
    public IReadOnlyList<string> Tags { get; init; }

    /// <summary>The request headers on which the answer depends: its <c>Vary</c>. They add up over all hints.</summary>
    public IReadOnlyList<string> VaryBy { get; init; }

    CacheHint ICacheHint.Hint => this;

    /// <summary>The hint that this and a later one on the same path are together.</summary>
    internal CacheHint OverriddenBy(CacheHint later) =>
        new(later.MaxAge ?? MaxAge, later.Scope ?? Scope, Joined(Tags, later.Tags), Joined(VaryBy, later.VaryBy));

    private static IReadOnlyList<string> Joined(IReadOnlyList<string> names, IReadOnlyList<string> more) =>
        more.Count == 0 ? names : names.Count == 0 ? more : [.. names, .. more];
}

/// <summary>Endpoint metadata that gives a hint.</summary>
public interface ICacheHint
{
    /// <summary>The hint.</summary>
    CacheHint Hint { get; }
}
