using Microsoft.AspNetCore.Mvc;

namespace WebApp.Account;

/// <summary>Where to go after signing in.</summary>
internal static class ReturnUrl
{
    public const int MaxLength = 2048;

    public const string TooLong = "The address to go back to is too long.";

    /// <summary>Back to where somebody came from, if that is an address of this site; a link from elsewhere leads nowhere else.</summary>
    public static LocalRedirectResult To(IUrlHelper url, string? returnUrl) => new(url.IsLocalUrl(returnUrl) ? returnUrl : "~/");
}
