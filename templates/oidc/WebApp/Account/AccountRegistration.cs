using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using ServiceDefaults.Foundation;
using WebApp.Account.OpenIdConnect;
using WebApp.Account.Operators;

namespace WebApp.Account;

/// <summary>Registers who people are: a provider says it, this site keeps no accounts.</summary>
public static class AccountRegistration
{
    /// <summary>Adds sign-in at an OpenID Connect provider; that somebody is signed in is the session's own (<c>ServiceDefaults/Identity</c>).</summary>
    /// <remarks>An application without accounts is this one without the folder <c>Account</c> and the line that calls this.</remarks>
    /// <param name="services">The application's services.</param>
    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddCheckedOptions<ProviderOptions>(ProviderOptions.Section);
        services.AddSingleton<IValidateOptions<ProviderOptions>, ProviderOptionsRules>();
        services.AddAuthentication().AddOpenIdConnect();
        services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>, ProviderSignIn>();
        services.AddSingleton<Provider>();
        services.AddSingleton<LogoutTokens>();

        services.AddCheckedOptions<OperatorOptions>("Operators");
        services.AddTransient<IClaimsTransformation, OperatorRole>();
        services.AddAuthorizationBuilder().AddPolicy(OperatorRole.Policy, policy => policy.RequireRole(OperatorRole.Role));
    }
}
