using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Headers;

/// <summary>Writes the headers into a response that starts, over whatever the application has put there.</summary>
internal sealed class SecurityHeadersWriter(IOptions<SecurityHeadersOptions> options, IOptions<HstsOptions> hsts, IHostEnvironment environment)
{
    private readonly KeyValuePair<string, string>[] headers = [.. options.Value.All()];
    private readonly string transport = Transport(hsts.Value);

    public void Write(HttpContext context)
    {
        var response = context.Response.Headers;
        foreach (var (name, value) in headers)
        {
            response[name] = value;
        }

        if (context.Request.IsHttps && !environment.IsDevelopment() && !hsts.Value.ExcludedHosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            response.StrictTransportSecurity = transport;
        }

        if (CspNonce.Used(context) is { } nonce)
        {
            response.ContentSecurityPolicy = options.Value.ContentSecurityPolicy.ToHeader(nonce);
        }

        if (environment.IsDevelopment() && DeveloperPage.Is(context))
        {
            response.Remove("Content-Security-Policy");
        }

        response.Remove("Server");
        response.Remove("X-Powered-By");
    }

    private static string Transport(HstsOptions hsts) => string.Create(
        CultureInfo.InvariantCulture,
        $"max-age={(long)hsts.MaxAge.TotalSeconds}{(hsts.IncludeSubDomains ? "; includeSubDomains" : "")}{(hsts.Preload ? "; preload" : "")}");
}
