using System.Text;

namespace ServiceDefaults.Headers;

/// <summary>What a page may load, run, connect to and be framed by (CSP Level 3). Everything that is not allowed here is forbidden.</summary>
/// <remarks><c>default-src</c>, <c>base-uri</c> and <c>object-src</c> are <c>'none'</c> and stay so (ASVS 3.4.3).</remarks>
public sealed class ContentSecurityPolicy
{
    private readonly SortedDictionary<string, CspSources> directives = new(StringComparer.Ordinal);

    /// <summary>The default: this site's own styles, images, fonts, connections and forms, images inside stylesheets, and no script.</summary>
    public ContentSecurityPolicy()
    {
        Connections.AllowSelf();
        Fonts.AllowSelf();
        Forms.AllowSelf();
        Images.AllowSelf().AllowData();
        Styles.AllowSelf();
        _ = (Scripts, FrameAncestors); // sent although nothing is allowed
    }

    /// <summary><c>script-src</c>. Default: none.</summary>
    public CspSources Scripts => this["script-src"];

    /// <summary><c>style-src</c>. Default: this site.</summary>
    public CspSources Styles => this["style-src"];

    /// <summary><c>img-src</c>. Default: this site and <c>data:</c>.</summary>
    public CspSources Images => this["img-src"];

    /// <summary><c>font-src</c>. Default: this site.</summary>
    public CspSources Fonts => this["font-src"];

    /// <summary><c>connect-src</c>: fetch, WebSocket, event streams. Default: this site.</summary>
    public CspSources Connections => this["connect-src"];

    /// <summary><c>form-action</c>: where forms may be sent, and redirected to. Default: this site.</summary>
    public CspSources Forms => this["form-action"];

    /// <summary><c>frame-src</c>: what pages may frame. Default: none.</summary>
    public CspSources Frames => this["frame-src"];

    /// <summary><c>frame-ancestors</c>: who may frame the pages. Default: none.</summary>
    public CspSources FrameAncestors => this["frame-ancestors"];

    /// <summary>The remaining directives that take sources, by name, such as <c>media-src</c>. Default: none.</summary>
    /// <param name="directive">The name in CSP Level 3; checked at start.</param>
    public CspSources this[string directive] =>
        directives.TryGetValue(directive, out var sources) ? sources : directives[directive] = new CspSources();

    internal IReadOnlyDictionary<string, CspSources> Directives => directives;

    /// <summary>The header's value.</summary>
    /// <param name="nonce">Lets the scripts and styles that carry it run; null when no page asked for one.</param>
    internal string ToHeader(string? nonce)
    {
        var header = new StringBuilder("default-src 'none'; base-uri 'none'; object-src 'none'");
        foreach (var (directive, sources) in directives)
        {
            header.Append("; ").Append(directive).Append(' ').Append(sources.ToValue(TakesNonce(directive) ? nonce : null));
        }

        return header.Append($"; report-uri {CspReports.Path}; report-to {CspReports.Group}").ToString();
    }

    private static bool TakesNonce(string directive) => directive is "script-src" or "script-src-elem" or "style-src" or "style-src-elem";
}
