using System.Globalization;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Limits.Rates;

/// <summary>Tells a client how many requests it has left: <c>RateLimit-Policy</c> and <c>RateLimit</c> of draft-ietf-httpapi-ratelimit-headers-10.</summary>
internal static class RateLimitFields
{
    public static void Write(IHeaderDictionary headers, Standing standing)
    {
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{standing.Policy}\";q={standing.Limit};w={Seconds(standing.Window)}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{standing.Policy}\";r={standing.Remaining};t={Seconds(standing.FullIn)}");
    }

    private static long Seconds(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);
}
