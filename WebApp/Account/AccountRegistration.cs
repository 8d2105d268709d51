using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServiceDefaults.Foundation;
using StackExchange.Redis;
using WebApp.Account.Operators;
using WebApp.Account.Passwords;
using WebApp.Account.Users;

namespace WebApp.Account;

/// <summary>Registers accounts: names, passwords, and operators.</summary>
public static class AccountRegistration
{
    /// <summary>Adds accounts on ASP.NET Core Identity; signing in is the session's own (<c>ServiceDefaults/Identity</c>).</summary>
    /// <remarks>An application without accounts is this one without the folder <c>Account</c> and the line that calls this.</remarks>
    /// <param name="services">The application's services.</param>
    public static void AddAccounts(this IServiceCollection services)
    {
        services.TryAddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<NobodysPassword>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000); // PBKDF2-HMAC-SHA512, OWASP Password Storage Cheat Sheet
        services.AddIdentityCore<User>(identity =>
            {
                // Length is what counts; rules of composition only make passwords alike (ASVS 6.2.5, NIST SP 800-63B).
                identity.Password.RequiredLength = PasswordRules.MinLength;
                identity.Password.RequiredUniqueChars = 5;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
            })
            .AddPasswordValidator<GuessedFirst>()
            .AddUserValidator<OperatorNames>();
        services.AddSingleton<IUserStore<User>>(provider => provider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(IConnectionMultiplexer))
            ? ActivatorUtilities.CreateInstance<RedisUsers>(provider)
            : ActivatorUtilities.CreateInstance<MemoryUsers>(provider));
        services.AddScoped<PasswordCheck>();
        services.AddScoped<AccountSignIn>();

        services.AddCheckedOptions<OperatorOptions>("Operators");
        services.AddTransient<IClaimsTransformation, OperatorRole>();
        services.AddAuthorizationBuilder().AddPolicy(OperatorRole.Policy, policy => policy.RequireRole(OperatorRole.Role));
    }
}
