using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace WebApp.Account;

/// <summary>Shows what ASP.NET Core Identity refuses beside the field that it is about.</summary>
internal static class IdentityErrors
{
    public static void AddIdentityErrors(this ModelStateDictionary state, IdentityResult result, string passwordField, string otherField)
    {
        foreach (var error in result.Errors)
        {
            state.AddModelError(error.Code.StartsWith("Password", StringComparison.Ordinal) ? passwordField : otherField, error.Description);
        }
    }
}
