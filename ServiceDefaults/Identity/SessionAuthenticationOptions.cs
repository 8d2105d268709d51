using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Identity;

/// <summary>Where people are sent who have to sign in, and what their browser forgets when they sign out.</summary>
public sealed class SessionAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>The scheme's name.</summary>
    public const string Scheme = "Session";

    /// <summary>The query parameter that says where to go afterwards.</summary>
    public const string ReturnUrlParameter = "returnUrl";

    /// <summary>The page on which people sign in. Default <c>/account/sign-in</c>.</summary>
    public PathString SignInPath { get; set; } = "/account/sign-in";

    /// <summary>
    /// The <c>Clear-Site-Data</c> header of a sign-out (ASVS 14.3.1). Default: all that this site keeps in the browser, with
    /// what a cache hint allowed it to keep. The cookies of other hosts under the same registrable domain are cleared too;
    /// leave <c>"cookies"</c> out where that signs people out elsewhere: the session's own cookie is deleted by itself.
    /// </summary>
    public string ClearSiteData { get; set; } = "\"cache\", \"cookies\", \"storage\"";
}
