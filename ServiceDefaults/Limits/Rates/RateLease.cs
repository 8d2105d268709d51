using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Limits.Rates;

/// <summary>Whether a request may go on, and how it stands with its client.</summary>
internal sealed class RateLease(Standing? standing) : RateLimitLease
{
    public static readonly RateLease None = new(null);

    public override bool IsAcquired => Standing is { IsAllowed: true };

    public override IEnumerable<string> MetadataNames => [];

    public Standing? Standing => standing;

    public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
    {
        metadata = Standing?.RetryAfter is { } delay && metadataName == MetadataName.RetryAfter.Name ? delay : null;
        return metadata is not null;
    }
}
