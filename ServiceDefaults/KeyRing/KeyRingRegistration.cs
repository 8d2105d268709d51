using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Foundation;
using ServiceDefaults.KeyRing;
using ServiceDefaults.Redis;
using ServiceDefaults.Secrets;

namespace ServiceDefaults;

/// <summary>Registers Data Protection: what antiforgery and TempData cookies are encrypted with.</summary>
public static class KeyRingRegistration
{
    /// <summary>Keeps the key ring in Redis, where all replicas share it, wrapped under the application secret.</summary>
    /// <remarks>
    /// Without Redis the key ring is in memory and ends with the process. A place of your own, set by a
    /// <c>PersistKeysTo…</c> method, takes precedence over both; its keys are wrapped as well.
    /// </remarks>
    /// <param name="builder">The application's builder.</param>
    public static void AddKeyRing(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddDataProtection();
        builder.Services.AddChecklistItems(KeyRingItems.All);
        builder.Services.AddOptions<DataProtectionOptions>()
            .Configure<ApplicationIdentity>((options, identity) => options.ApplicationDiscriminator = identity.Slug);
        var hasRedis = RedisAddress.From(builder.Configuration) is { Problem: null };
        builder.Services.AddOptions<KeyManagementOptions>()
            .Configure<DerivedKeys>((options, keys) => options.XmlEncryptor = new SecretXmlEncryptor(keys))
            .PostConfigure<IServiceProvider, ApplicationIdentity>((options, services, identity) =>
                options.XmlRepository ??= hasRedis ? new RedisKeyRing(services, identity) : new MemoryKeyRing());
    }
}
