using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Cookies;

/// <summary>The policy of every cookie: Secure, HttpOnly, SameSite=Lax, Path=/, no Domain, and the <c>__Host-</c> prefix on what we name.</summary>
/// <remarks>
/// In Development over plain HTTP the prefix and Secure are left out: Safari, and most HTTP clients that are not
/// browsers, would drop the cookie and count every request as a new visitor.
/// </remarks>
/// <param name="environment">The host's environment.</param>
public sealed class SecureCookies(IHostEnvironment environment)
{
    /// <summary>Binds a cookie to exactly this host, over HTTPS (RFC 6265bis, section 4.1.3.2).</summary>
    public const string HostPrefix = "__Host-";

    /// <summary>The name under which a cookie is written and read.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The name without prefix.</param>
    /// <returns>The name, with the prefix wherever cookies are Secure.</returns>
    public string NameFor(HttpContext context, string name) => AreSecure(context) ? HostPrefix + name : name;

    /// <summary>Whether cookies of this answer are Secure: always, but for Development over plain HTTP.</summary>
    /// <param name="context">The request.</param>
    /// <returns>True when they are.</returns>
    public bool AreSecure(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.IsHttps || !environment.IsDevelopment();
    }

    /// <summary>Makes a cookie follow the policy, whatever the code that writes it asked for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="options">The cookie's attributes.</param>
    public void Enforce(HttpContext context, CookieOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Secure = AreSecure(context);
        options.HttpOnly = true;
        options.Path = "/";
        options.Domain = null;
        if (options.SameSite is SameSiteMode.None or SameSiteMode.Unspecified)
        {
            options.SameSite = SameSiteMode.Lax;
        }
    }
}
