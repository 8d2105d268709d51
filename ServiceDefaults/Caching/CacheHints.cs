using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Caching;

/// <summary>
/// The hints of one request, to which any code that takes part in the answer may add. Inject it, or take it from
/// <see cref="CacheHintAccess.CacheHints(HttpContext)"/>. The answer's policy is the shortest max-age of all, and private if one is private.
/// </summary>
public sealed class CacheHints
{
    private readonly CacheDecision? decision;
    private List<CacheHintPath>? paths;
    private CachePolicy? policy;

    internal CacheHints(CacheDecision? decision = null) => this.decision = decision;

    /// <summary>The path of the whole answer: what is set here overrides the endpoint's own hint.</summary>
    public CacheHintPath Endpoint => At("");

    /// <summary>The policy of all hints so far; null when there is none. What the answer turns out to be can still forbid it.</summary>
    public CachePolicy? Policy => paths is null ? null : policy ??= CachePolicy.Of(paths);

    /// <summary>Adds a hint about a part of the answer that no other hint speaks about.</summary>
    /// <param name="maxAge">How long that part may be kept; not set means 0, which is not at all. Up to 365 days.</param>
    /// <param name="scope">For whom; not set means <see cref="CacheScope.Private"/>.</param>
    /// <param name="tags">Names under which the server's cache can be told to drop the answer.</param>
    /// <param name="varyBy">The request headers on which that part depends.</param>
    public void Add(TimeSpan? maxAge = null, CacheScope? scope = null, IReadOnlyList<string>? tags = null, IReadOnlyList<string>? varyBy = null) =>
        New(null).Set(maxAge, scope, tags, varyBy);

    /// <summary>A part of the answer by its name, as <c>notes</c> for a list and <c>notes/author</c> for a field of its items.</summary>
    /// <param name="path">The name.</param>
    /// <returns>The path; a later hint on it overrides only the parts that it sets.</returns>
    public CacheHintPath At(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return paths?.Find(other => other.Name == path) ?? New(path);
    }

    /// <summary>A hint is about to be set.</summary>
    /// <exception cref="InvalidOperationException">The answer has left as one that may be kept.</exception>
    internal void Change()
    {
        decision?.EnsureCanChange();
        policy = null;
    }

    private CacheHintPath New(string? name)
    {
        var path = new CacheHintPath(this, name);
        (paths ??= []).Add(path);
        return path;
    }
}
