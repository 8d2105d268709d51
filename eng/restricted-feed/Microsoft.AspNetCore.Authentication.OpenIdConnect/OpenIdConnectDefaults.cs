namespace Microsoft.AspNetCore.Authentication.OpenIdConnect;

/// <summary>Names that need not be chosen.</summary>
public static class OpenIdConnectDefaults
{
    /// <summary>The name of the authentication scheme.</summary>
    public const string AuthenticationScheme = "OpenIdConnect";

    /// <summary>What the scheme is called on a sign-in page.</summary>
    public static readonly string DisplayName = "OpenIdConnect";
}
