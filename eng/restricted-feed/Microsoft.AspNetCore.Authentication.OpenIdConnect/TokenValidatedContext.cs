using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Authentication.OpenIdConnect;

/// <summary>Who signed in, as the ID token says.</summary>
public class TokenValidatedContext : RemoteAuthenticationContext<OpenIdConnectOptions>
{
    public TokenValidatedContext(
        HttpContext context, AuthenticationScheme scheme, OpenIdConnectOptions options, ClaimsPrincipal principal, AuthenticationProperties properties)
        : base(context, scheme, options, properties) => Principal = principal;

    /// <summary>The ID token.</summary>
    public JwtSecurityToken SecurityToken { get; set; } = null!;
}
