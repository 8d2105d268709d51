using Microsoft.Extensions.Options;

namespace ServiceDefaults.CrossOrigin;

/// <summary>Refuses what is no origin: it would be compared with what browsers send, and match nothing.</summary>
internal sealed class CrossOriginOptionsRules : IValidateOptions<CrossOriginOptions>
{
    public ValidateOptionsResult Validate(string? name, CrossOriginOptions options)
    {
        var problems = options.TrustedOrigins
            .Select((origin, index) => (origin, index))
            .Where(entry => !IsOrigin(entry.origin))
            .Select(entry => $"CrossOrigin:TrustedOrigins:{entry.index} is \"{entry.origin}\", which is no origin. Write scheme and host, without a path and a slash at the end, such as https://login.example.")
            .ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsOrigin(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
        && address.Host.Length > 0
        && text.Equals(address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        && address.UserInfo.Length == 0;
}
