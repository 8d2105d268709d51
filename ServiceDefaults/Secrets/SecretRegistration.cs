using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.Secrets;

namespace ServiceDefaults;

/// <summary>Registers where secrets come from, and the application's own secret.</summary>
public static class SecretRegistration
{
    /// <summary>Adds the secret sources and validates <c>SECRET</c> and <c>SECRET_PREVIOUS</c> at start.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddSecrets(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        SecretSources.Add(builder.Configuration, builder.Environment);

        builder.Services.AddSingleton<IValidateOptions<ApplicationSecret>, ApplicationSecretValidator>();
        builder.Services.AddOptions<ApplicationSecret>()
            .Configure<IConfiguration, IHostEnvironment>((secret, configuration, environment) =>
            {
                secret.Current = configuration["SECRET"]
                    ?? (environment.IsDevelopment() ? ApplicationSecret.Development : "");
                secret.Previous = configuration["SECRET_PREVIOUS"];
            })
            .ValidateOnStart();
        builder.Services.AddSingleton<DerivedKeys>();
        builder.Services.AddChecklistItems(SecretItems.All);
    }
}
