using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Headers;

/// <summary>Lets one inline script or style of one answer run. In Razor: <c>&lt;script asp-nonce&gt;</c>.</summary>
public static class CspNonce
{
    /// <summary>The nonce of this answer: made when first asked for, added to the policy, and never cached.</summary>
    /// <param name="context">The request.</param>
    /// <returns>128 random bits in Base64 (CSP Level 3, section 7.1), for the attribute <c>nonce</c>.</returns>
    /// <exception cref="InvalidOperationException">The response has started, and its policy with it.</exception>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Used(context) is { } present)
        {
            return present;
        }

        if (context.Response.HasStarted)
        {
            throw new InvalidOperationException("The response has started without a nonce in its Content-Security-Policy: ask for the nonce before the first byte is written.");
        }

        // A copy that is served again would bring a nonce that an attacker has seen.
        Uncacheable.Mark(context);
        if (context.Features.Get<IOutputCacheFeature>() is { } outputCache)
        {
            outputCache.Context.AllowCacheStorage = false; // one that the application uses by itself
        }

        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Features.Set(new Nonce(nonce));
        return nonce;
    }

    /// <summary>The nonce if this answer has one.</summary>
    internal static string? Used(HttpContext context) => context.Features.Get<Nonce>()?.Value;

    private sealed record Nonce(string Value);
}
