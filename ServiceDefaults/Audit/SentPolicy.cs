using System.Text.RegularExpressions;

namespace ServiceDefaults.Audit;

/// <summary>A content security policy as a browser reads it (CSP Level 3): of several, each is enforced.</summary>
internal sealed partial class SentPolicy
{
    private static readonly string[] Anything = ["*", "http:", "https:", "data:", "blob:"];

    private readonly Dictionary<string, string[]>[] policies;

    public SentPolicy(IEnumerable<string> headers) => policies =
        [.. headers.SelectMany(header => header.Split(',')).Select(Parse).Where(policy => policy.Count > 0)];

    public bool IsThere => policies.Length > 0;

    /// <summary>Whether some policy lets scripts come only from what it names.</summary>
    public bool BindsScripts => policies.Any(policy => Sources(policy, "script-src") is { } sources && !sources.Any(Anything.Contains) && !IsUnsafe(sources));

    /// <summary>What no policy has set to something that binds.</summary>
    public IEnumerable<string> Missing()
    {
        var missing = new List<string>();
        missing.AddRange(Has("object-src", "default-src", "'none'") ? [] : ["object-src 'none'"]);
        missing.AddRange(Has("base-uri", null, "'none'") || Has("base-uri", null, "'self'") ? [] : ["base-uri 'none'"]);
        missing.AddRange(policies.Any(policy => policy.TryGetValue("form-action", out var to) && !to.Any(Anything.Contains)) ? [] : ["form-action 'self'"]);
        return missing;
    }

    public bool BindsFrames => policies.Any(policy => policy.TryGetValue("frame-ancestors", out var sources) && !sources.Any(Anything.Contains));

    private static Dictionary<string, string[]> Parse(string header)
    {
        var policy = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var directive in header.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = directive.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            policy.TryAdd(words[0], [.. words.Skip(1).Select(word => word.ToLowerInvariant())]); // the first one counts
        }

        return policy;
    }

    private static string[]? Sources(Dictionary<string, string[]> policy, string directive) => policy.GetValueOrDefault(directive) ?? policy.GetValueOrDefault("default-src");

    /// <summary>A nonce or a hash makes browsers ignore 'unsafe-inline'; nothing takes 'unsafe-eval' back.</summary>
    private static bool IsUnsafe(string[] sources) => sources.Contains("'unsafe-eval'") || (sources.Contains("'unsafe-inline'") && !sources.Any(source => NonceOrHash().IsMatch(source)));

    private bool Has(string directive, string? fallback, string only) => policies.Any(policy =>
        (policy.GetValueOrDefault(directive) ?? (fallback is null ? null : policy.GetValueOrDefault(fallback))) is [var source] && source == only);

    [GeneratedRegex("^'(nonce|sha256|sha384|sha512)-")]
    private static partial Regex NonceOrHash();
}
