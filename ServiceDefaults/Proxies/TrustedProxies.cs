using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.Foundation;
using ServiceDefaults.Proxies;

namespace ServiceDefaults;

/// <summary>Registers which reverse proxies are believed.</summary>
public static class TrustedProxies
{
    /// <summary>Reads forwarded headers from the proxies in <c>Proxies:Trusted</c> and from nobody else.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddTrustedProxies(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddCheckedOptions<ProxyOptions>("Proxies");
        builder.Services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsRules>();

        // ASPNETCORE_FORWARDEDHEADERS_ENABLED, which Aspire sets when it publishes, empties the lists of known proxies, and
        // an empty list trusts everybody. It also reads the headers a second time, and so one hop too many.
        builder.Configuration["ForwardedHeaders_Enabled"] = "false";
        builder.Services.AddSingleton<ProxyTrust>();
        builder.Services.AddChecklistItems(ProxyItems.All);
        builder.Services.AddOptions<ForwardedHeadersOptions>()
            .PostConfigure<ProxyTrust, IOptions<ProxyOptions>>((options, trust, proxies) => Believe(options, trust, proxies.Value.Hops));
    }

    /// <summary>Puts the real client's address and scheme into the request.</summary>
    /// <param name="app">The application.</param>
    public static void UseTrustedProxies(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<UntrustedForwarding>();
        app.UseMiddleware<TrustedForwarding>();
        app.UseForwardedHeaders();
    }

    private static void Believe(ForwardedHeadersOptions options, ProxyTrust trust, int hops)
    {
        // X-Forwarded-Host is not read: the host is what the proxy was asked for, and passes on.
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.ForwardLimit = hops;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trust.Networks)
        {
            options.KnownIPNetworks.Add(network);
        }
    }
}
