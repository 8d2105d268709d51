using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers sign-in at an OpenID Connect provider.</summary>
public static class OpenIdConnectExtensions
{
    /// <summary>Adds the scheme <see cref="OpenIdConnectDefaults.AuthenticationScheme"/>, configured elsewhere.</summary>
    public static AuthenticationBuilder AddOpenIdConnect(this AuthenticationBuilder builder) => builder.AddOpenIdConnect(_ => { });

    /// <summary>Adds the scheme <see cref="OpenIdConnectDefaults.AuthenticationScheme"/>.</summary>
    public static AuthenticationBuilder AddOpenIdConnect(this AuthenticationBuilder builder, Action<OpenIdConnectOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdConnectOptions>, OpenIdConnectPostConfigureOptions>());
        return builder.AddRemoteScheme<OpenIdConnectOptions, OpenIdConnectHandler>(
            OpenIdConnectDefaults.AuthenticationScheme, displayName: "OpenIdConnect", configureOptions);
    }
}
