namespace ServiceDefaults.Caching;

/// <summary>A part of an answer: a list, a field, or the whole.</summary>
public sealed class CacheHintPath
{
    private readonly CacheHints hints;

    internal CacheHintPath(CacheHints hints, string? name)
    {
        this.hints = hints;
        Name = name;
    }

    /// <summary>Its name; null for a part that is spoken of once only.</summary>
    internal string? Name { get; }

    /// <summary>What has been set so far; null when nothing has.</summary>
    internal CacheHint? Hint { get; private set; }

    /// <summary>A part of this part.</summary>
    /// <param name="path">Its name.</param>
    /// <returns>The path, as <see cref="CacheHints.At"/> finds it under both names joined by a slash.</returns>
    public CacheHintPath At(string path) => hints.At($"{Name}/{path}");

    /// <summary>Sets a hint, perhaps one that was computed from the result. It overrides only what it sets.</summary>
    /// <param name="maxAge">How long this part may be kept. Up to 365 days.</param>
    /// <param name="scope">For whom.</param>
    /// <param name="tags">Names under which the server's cache can be told to drop the answer.</param>
    /// <param name="varyBy">The request headers on which this part depends.</param>
    /// <returns>The same path.</returns>
    public CacheHintPath Set(TimeSpan? maxAge = null, CacheScope? scope = null, IReadOnlyList<string>? tags = null, IReadOnlyList<string>? varyBy = null) =>
        Set(new CacheHint(maxAge, scope, tags, varyBy));

    internal CacheHintPath Set(CacheHint hint)
    {
        hints.Change();
        Hint = Hint?.OverriddenBy(hint) ?? hint;
        return this;
    }
}
