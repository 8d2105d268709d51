using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDefaults.Production;
using ServiceDefaults.Secrets;
using ServiceDefaults.Sessions;
using StackExchange.Redis;

namespace ServiceDefaults;

/// <summary>Registers Data Protection: what antiforgery and TempData cookies are encrypted with.</summary>
public static class KeyRingRegistration
{
    /// <summary>Keeps the key ring in Redis, where all replicas share it, wrapped under the application secret.</summary>
    /// <remarks>Without Redis the framework's own place is used, and the keys are wrapped all the same.</remarks>
    /// <param name="builder">The application's builder.</param>
    public static void AddKeyRing(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddDataProtection();
        builder.Services.AddOptions<DataProtectionOptions>()
            .Configure<ApplicationIdentity>((options, identity) => options.ApplicationDiscriminator = identity.Slug);
        builder.Services.AddOptions<KeyManagementOptions>()
            .Configure<IServiceProvider, DerivedKeys>((options, services, keys) =>
            {
                options.XmlEncryptor = new SecretXmlEncryptor(keys);
                if (services.GetRequiredService<IOptions<SessionStoreOptions>>().Value.UsesRedis)
                {
                    options.XmlRepository = new RedisKeyRing(
                        services.GetRequiredService<IConnectionMultiplexer>(), services.GetRequiredService<ApplicationIdentity>());
                }
            });
    }
}
