using System.Globalization;

namespace ServiceDefaults.Caching;

/// <summary>What all hints of an answer come to.</summary>
/// <param name="MaxAge">The shortest max-age of all, in whole seconds; 0 is not at all.</param>
/// <param name="Scope">Public only when every part is.</param>
/// <param name="Tags">The tags of all.</param>
/// <param name="VaryBy">The headers of all.</param>
public sealed record CachePolicy(TimeSpan MaxAge, CacheScope Scope, IReadOnlyCollection<string> Tags, IReadOnlyCollection<string> VaryBy)
{
    /// <summary>Whether anybody may keep the answer.</summary>
    public bool AllowsCaching => MaxAge > TimeSpan.Zero;

    /// <summary>As the <c>Cache-Control</c> header of an answer that may be kept.</summary>
    /// <returns>The header's value.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"max-age={(long)MaxAge.TotalSeconds}, {(Scope == CacheScope.Public ? "public" : "private")}");

    internal static CachePolicy? Of(IEnumerable<CacheHintPath> paths)
    {
        CachePolicy? policy = null;
        foreach (var hint in paths.Select(path => path.Hint).OfType<CacheHint>())
        {
            var maxAge = TimeSpan.FromSeconds(Math.Floor((hint.MaxAge ?? TimeSpan.Zero).TotalSeconds));
            var scope = hint.Scope ?? CacheScope.Private;
            policy = policy is null
                ? new CachePolicy(maxAge, scope, new HashSet<string>(hint.Tags, StringComparer.Ordinal), new SortedSet<string>(hint.VaryBy, StringComparer.OrdinalIgnoreCase))
                : policy.And(maxAge, scope, hint);
        }

        return policy;
    }

    private CachePolicy And(TimeSpan maxAge, CacheScope scope, CacheHint hint)
    {
        ((ISet<string>)Tags).UnionWith(hint.Tags);
        ((ISet<string>)VaryBy).UnionWith(hint.VaryBy);
        return this with { MaxAge = maxAge < MaxAge ? maxAge : MaxAge, Scope = scope < Scope ? scope : Scope };
    }
}
