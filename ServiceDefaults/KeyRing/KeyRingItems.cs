using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using ServiceDefaults.Checks;
using ServiceDefaults.Foundation;
using ServiceDefaults.Secrets;

namespace ServiceDefaults.KeyRing;

/// <summary>What the checklist asks about the Data Protection key ring.</summary>
internal static class KeyRingItems
{
    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "secrets.key-ring-shared",
            Title = "All replicas share one key ring, which survives a restart",
            Asvs = ["13.3.1"],
            Needs = "sessions.redis",
            Fix = "Leave KeyManagementOptions.XmlRepository to AddKeyRing, or set it to a place that all replicas share.",
            Check = inspection =>
            {
                Use(inspection);
                var place = inspection.Options<KeyManagementOptions>().XmlRepository;
                var isShared = place is not (null or MemoryKeyRing or FileSystemXmlRepository);
                var keys = inspection.Service<IKeyManager>().GetAllKeys();
                var newest = keys.MaxBy(key => key.CreationDate)!;
                var age = (inspection.Service<TimeProvider>().GetUtcNow() - newest.CreationDate).TotalDays;
                return new Finding(
                    isShared || !inspection.Service<ISharedState>().IsShared,
                    string.Create(CultureInfo.InvariantCulture, $"{keys.Count} keys in {NameOf(place)}, the newest {age:F0} days old and valid until {newest.ExpirationDate:yyyy-MM-dd}."));
            },
        },
        new()
        {
            Id = "secrets.key-ring-wrapped",
            Title = "A stolen key ring is worth nothing: keys are wrapped under the application secret",
            Asvs = ["13.3.1"],
            Needs = "sessions.redis",
            Fix = "Leave KeyManagementOptions.XmlEncryptor to AddKeyRing; then revoke the keys that were stored in plain text.",
            Check = inspection =>
            {
                Use(inspection);
                var options = inspection.Options<KeyManagementOptions>();
                var stored = options.XmlRepository?.GetAllElements().Where(element => element.Name.LocalName == "key").ToArray() ?? [];
                var wrapped = stored.Count(key => key.Descendants().Any(part => part.Attribute("decryptorType")?.Value.Contains(nameof(SecretXmlDecryptor), StringComparison.Ordinal) == true));
                return new Finding(
                    options.XmlEncryptor is SecretXmlEncryptor && wrapped == stored.Length,
                    $"{wrapped} of {stored.Length} stored keys are wrapped; new ones are given to {options.XmlEncryptor?.GetType().Name ?? "nobody"}.");
            },
        },
    ];

    private static string NameOf(IXmlRepository? place) => place switch
    {
        RedisKeyRing => "Redis",
        MemoryKeyRing => "the memory of this process",
        FileSystemXmlRepository => "a folder of this machine",
        _ => place?.GetType().Name ?? "the folder that all applications of this user share",
    };

    /// <summary>The first use makes the first key.</summary>
    private static void Use(Inspection inspection) => inspection.Service<IDataProtectionProvider>().CreateProtector("checklist").Protect("x");
}
