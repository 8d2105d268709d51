using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Headers;

/// <summary>Refuses a policy that would not work, would not protect, or would say something else than it seems to.</summary>
internal sealed partial class SecurityHeadersRules : IValidateOptions<SecurityHeadersOptions>
{
    // CSP Level 3 without those that are fixed here, take no sources, or are gone from the standard.
    private static readonly HashSet<string> Directives = new(StringComparer.Ordinal)
    {
        "child-src", "connect-src", "fenced-frame-src", "font-src", "form-action", "frame-ancestors", "frame-src", "img-src", "manifest-src",
        "media-src", "script-src", "script-src-attr", "script-src-elem", "style-src", "style-src-attr", "style-src-elem", "worker-src",
    };

    public ValidateOptionsResult Validate(string? name, SecurityHeadersOptions options)
    {
        var problems = new List<string>();
        foreach (var (directive, sources) in options.ContentSecurityPolicy.Directives)
        {
            problems.AddRange(Directives.Contains(directive)
                ? sources.All.Select(source => ProblemOf(directive, source)).OfType<string>()
                : [$"SecurityHeadersOptions.ContentSecurityPolicy has the directive {Quote(directive)}, which is not one of CSP Level 3 that can be set here. Known are {string.Join(", ", Directives.Order())}."]);
        }

        problems.AddRange(options.PermissionsPolicy.Names.Where(feature => !FeatureName().IsMatch(feature))
            .Select(feature => $"SecurityHeadersOptions.PermissionsPolicy has {Quote(feature)}, which is no name of a feature. Names are lower case letters and hyphens, such as geolocation."));

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        problems.AddRange(results.Select(result => $"SecurityHeadersOptions.{result.MemberNames.First()} {result.ErrorMessage}"));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string? ProblemOf(string directive, string source)
    {
        var fix = true switch
        {
            _ when source.Any(character => character is <= ' ' or > '~' or ';' or ',') => "A source is one word without spaces, semicolons and commas: call Allow once for each.",
            _ when source.StartsWith("'unsafe-", StringComparison.OrdinalIgnoreCase) => "It would let injected code run. Move the code into a file in wwwroot, or mark it with <script asp-nonce> or <style asp-nonce>.",
            _ when source.StartsWith("'nonce-", StringComparison.OrdinalIgnoreCase) => "A nonce that is written down is known to everybody. Mark the element with asp-nonce: each answer gets its own.",
            _ when directive.StartsWith("script-src", StringComparison.Ordinal) && source is "data:" or "blob:" => "Whoever can inject an address there can run a script. Put the script into a file in wwwroot.",
            _ when source is "'self'" or "data:" or "blob:" || Origin().IsMatch(source) || Hash().IsMatch(source) || Keyword().IsMatch(source) => null,
            _ => "A source is 'self', data:, blob:, a hash, or the origin of another site over TLS, such as https://cdn.example.",
        };
        return fix is null ? null : $"SecurityHeadersOptions.ContentSecurityPolicy has the source {Quote(source)} in {directive}. {fix}";
    }

    private static string Quote(string text) => $"\"{Unprintable().Replace(text, "?")}\"";

    [GeneratedRegex("[^ -~]")]
    private static partial Regex Unprintable();

    // A host that is only a wildcard, with or without a scheme, would be every site.
    [GeneratedRegex("^(https|wss)://(\\*\\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:[0-9]{1,5}|:\\*)?(/[!-~]*)?\\z", RegexOptions.IgnoreCase)]
    private static partial Regex Origin();

    [GeneratedRegex("^'sha(256|384|512)-[A-Za-z0-9+/_-]+={0,2}'\\z")]
    private static partial Regex Hash();

    [GeneratedRegex("^'(strict-dynamic|wasm-unsafe-eval|report-sample)'\\z")]
    private static partial Regex Keyword();

    [GeneratedRegex("^[a-z]+(-[a-z]+)*\\z")]
    private static partial Regex FeatureName();
}
