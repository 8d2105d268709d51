using System.Globalization;

namespace ServiceDefaults.Https;

/// <summary>The header <c>Strict-Transport-Security</c> (RFC 6797).</summary>
internal static class TransportSecurity
{
    private const long Year = 31_536_000; // seconds; ASVS 3.4.1

    /// <summary>Whether browsers that read it use HTTPS only for a year or more, for subdomains too.</summary>
    public static bool IsStrict(string header)
    {
        var directives = header.Split(';', StringSplitOptions.TrimEntries);
        var age = directives.FirstOrDefault(directive => directive.StartsWith("max-age=", StringComparison.OrdinalIgnoreCase))?["max-age=".Length..].Trim('"');
        return long.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds >= Year
            && directives.Contains("includeSubDomains", StringComparer.OrdinalIgnoreCase);
    }
}
