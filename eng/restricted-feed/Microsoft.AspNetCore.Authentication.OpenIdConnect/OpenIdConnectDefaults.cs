namespace Microsoft.AspNetCore.Authentication.OpenIdConnect;

/// <summary>What need not be chosen.</summary>
public static class OpenIdConnectDefaults
{
    /// <summary>The name of the authentication scheme.</summary>
    public const string AuthenticationScheme = "OpenIdConnect";
}
