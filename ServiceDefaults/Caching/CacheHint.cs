namespace ServiceDefaults.Caching;

/// <summary>What is known about how long, and for whom, a part of an answer may be kept. Parts that are not set stay as an earlier hint on the same path set them.</summary>
/// <remarks>As endpoint metadata, a hint speaks about the whole answer; that of an endpoint overrides that of its group.</remarks>
public sealed record CacheHint : ICacheHint
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>Makes a hint.</summary>
    /// <param name="maxAge">See <see cref="MaxAge"/>.</param>
    /// <param name="scope">See <see cref="Scope"/>.</param>
    /// <param name="tags">See <see cref="Tags"/>.</param>
    /// <param name="varyBy">See <see cref="VaryBy"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The max-age is negative, or longer than a year.</exception>
    /// <exception cref="ArgumentException">A tag or the name of a header cannot be one.</exception>
    public CacheHint(TimeSpan? maxAge = null, CacheScope? scope = null, IReadOnlyList<string>? tags = null, IReadOnlyList<string>? varyBy = null)
    {
        MaxAge = maxAge is null || (maxAge >= TimeSpan.Zero && maxAge <= Longest)
            ? maxAge
            : throw new ArgumentOutOfRangeException(nameof(maxAge), maxAge, "The max-age of a cache hint must be from 0 to 365 days.");
        Scope = scope;
        Tags = tags ?? [];
        VaryBy = varyBy ?? [];
        if (Tags.Any(tag => tag.Length == 0 || tag.Any(char.IsControl)))
        {
            throw new ArgumentException("A tag is empty or contains a control character. Take such characters out before you make a tag of a user's words.", nameof(tags));
        }

        if (VaryBy.Any(name => name.Length == 0 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')))
        {
            throw new ArgumentException("An answer varies by request headers: name them. What varies by everything (*) gets no hint.", nameof(varyBy));
        }
    }

    /// <summary>How long it may be kept, in whole seconds: a part of a second is dropped. Nothing on a path means 0, which is not at all. From 0 to 365 days.</summary>
    public TimeSpan? MaxAge { get; }

    /// <summary>For whom. Nothing on a path means <see cref="CacheScope.Private"/>.</summary>
    public CacheScope? Scope { get; }

    /// <summary>Names under which the server's cache can be told to drop the answer. They add up over all hints.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>The request headers on which the answer depends: its <c>Vary</c>. They add up over all hints.</summary>
    public IReadOnlyList<string> VaryBy { get; }

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
