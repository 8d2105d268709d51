namespace ServiceDefaults.Headers;

/// <summary>Where one directive of the content security policy lets something come from. Nowhere, until it is told.</summary>
public sealed class CspSources
{
    private readonly SortedSet<string> sources = new(StringComparer.Ordinal);

    internal IReadOnlyCollection<string> All => sources;

    /// <summary>Whether something may come from another site.</summary>
    internal bool HasOthers => sources.Any(source => source[0] != '\'' && !source.EndsWith(':'));

    /// <summary>This site itself.</summary>
    /// <returns>The same directive.</returns>
    public CspSources AllowSelf() => Allow("'self'");

    /// <summary><c>data:</c> addresses, as of small images inside a stylesheet. Refused for scripts.</summary>
    /// <returns>The same directive.</returns>
    public CspSources AllowData() => Allow("data:");

    /// <summary><c>blob:</c> addresses, as of an image that the page itself made. Refused for scripts.</summary>
    /// <returns>The same directive.</returns>
    public CspSources AllowBlob() => Allow("blob:");

    /// <summary>Another site, by its origin; or a hash or another source of CSP Level 3. All are checked at start.</summary>
    /// <param name="source">For instance <c>https://cdn.example</c>, <c>https://*.cdn.example</c> or <c>'sha256-…'</c>.</param>
    /// <returns>The same directive.</returns>
    public CspSources Allow(string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        sources.Add(source);
        return this;
    }

    /// <summary>Takes back what was allowed, the default included.</summary>
    /// <returns>The same directive.</returns>
    public CspSources AllowNothing()
    {
        sources.Clear();
        return this;
    }

    internal string ToValue(string? nonce) => (sources.Count, nonce) switch
    {
        (0, null) => "'none'",
        (_, null) => string.Join(' ', sources),
        _ => string.Join(' ', sources.Append($"'nonce-{nonce}'")),
    };
}
