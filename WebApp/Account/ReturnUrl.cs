using Microsoft.AspNetCore.Mvc;

namespace WebApp.Account;

/// <summary>Where to go after signing in.</summary>
internal static class ReturnUrl
{
    /// <summary>Back to where somebody came from, if that is an address of this site; a link from elsewhere leads nowhere else.</summary>
    public static LocalRedirectResult To(IUrlHelper url, string? returnUrl) => new(url.IsLocalUrl(returnUrl) ? returnUrl : "~/");
}
