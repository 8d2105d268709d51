using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Cookies;
using ServiceDefaults.Foundation;

namespace ServiceDefaults;

/// <summary>Registers the policy of every cookie.</summary>
public static class SecureCookiesRegistration
{
    /// <summary>Adds the policy, and names the framework's own cookies after the application.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddSecureCookies(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<SecureCookies>();
        builder.Services.AddChecklistItems(CookieItems.All);
        builder.Services.AddAntiforgery();
        builder.Services.AddOptions<AntiforgeryOptions>()
            .Configure<ApplicationIdentity>((options, identity) =>
            {
                options.Cookie.Name = $"{(builder.Environment.IsDevelopment() ? "" : SecureCookies.HostPrefix)}{identity.Slug}-antiforgery";
                options.SuppressXFrameOptionsHeader = true; // the Headers concern sets it, on every answer
            });
        builder.Services.AddOptions<CookiePolicyOptions>()
            .Configure<SecureCookies>((options, policy) =>
            {
                options.OnAppendCookie = cookie => policy.Enforce(cookie.Context, cookie.CookieOptions);
                options.OnDeleteCookie = cookie => policy.Enforce(cookie.Context, cookie.CookieOptions);
            });
    }

    /// <summary>Enforces the policy on every cookie that is written below.</summary>
    /// <param name="app">The application.</param>
    public static void UseSecureCookies(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseCookiePolicy();
    }
}
