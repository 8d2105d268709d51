using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Microsoft.AspNetCore.Authentication.OpenIdConnect;

/// <summary>Fills in what follows from the options that were set.</summary>
internal sealed class OpenIdConnectPostConfigureOptions(IDataProtectionProvider dataProtection) : IPostConfigureOptions<OpenIdConnectOptions>
{
    /// <summary>In bytes: no provider's answer is longer.</summary>
    private const int MaxAnswer = 1024 * 1024;

    public void PostConfigure(string? name, OpenIdConnectOptions options)
    {
        options.DataProtectionProvider ??= dataProtection;
        options.StateDataFormat = new PropertiesDataFormat(
            options.DataProtectionProvider.CreateProtector(typeof(OpenIdConnectHandler).FullName!, name ?? "", "state"));
        options.TokenValidationParameters.ValidAudience ??= options.ClientId;
        options.Backchannel ??= new HttpClient(options.BackchannelHttpHandler ?? new HttpClientHandler())
        {
            Timeout = options.BackchannelTimeout,
            MaxResponseContentBufferSize = MaxAnswer,
        };
        if (options.ConfigurationManager is null && !string.IsNullOrEmpty(options.Authority))
        {
            options.ConfigurationManager = Discovery(options.Authority, options);
        }
    }

    private static ConfigurationManager<OpenIdConnectConfiguration> Discovery(string authority, OpenIdConnectOptions options)
    {
        if (options.RequireHttpsMetadata && !authority.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"{nameof(options.Authority)} must begin with https://, or {nameof(options.RequireHttpsMetadata)} must be false, for development only.");
        }

        return new(
            $"{authority.TrimEnd('/')}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(options.Backchannel) { RequireHttps = options.RequireHttpsMetadata });
    }
}
