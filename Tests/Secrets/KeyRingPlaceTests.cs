using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Checklist;
using ServiceDefaults.Checks;
using Tests.Parts;

namespace Tests.Secrets;

/// <summary>Where the key ring is: in Redis, in memory or in a place of your own, never in the folder that the user's applications share.</summary>
public sealed class KeyRingPlaceTests(RedisServer redis) : IClassFixture<RedisServer>, IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("home-");

    public void Dispose() => home.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("Development", false)]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    [InlineData("Production", true)]
    public async Task The_web_app_writes_nothing_to_the_home_folder(string environment, bool hasRedis)
    {
        await using (var site = await SiteProcess.StartAsync(Settings(environment, hasRedis)))
        {
            using var visitor = site.Visitor();
            visitor.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            await visitor.GetAsync("/account/sign-in"); // encrypts an antiforgery token or, with a provider, the state
            Assert.NotEmpty(visitor.Cookies);
        }

        Assert.Empty(home.EnumerateFileSystemInfos());
    }

    [SkippableTheory]
    [InlineData(false, "keys in the memory of this process")]
    [InlineData(true, "keys in Redis")]
    public async Task The_check_command_writes_nothing_to_the_home_folder(bool hasRedis, string evidence)
    {
        var (_, output) = await SiteProcess.RunToTheEndAsync(Settings("Production", hasRedis), "check", "--json");

        Assert.Contains(evidence, output, StringComparison.Ordinal);
        Assert.Empty(home.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Each_site_without_Redis_has_a_ring_of_its_own()
    {
        await using var site = Site.Build();
        await using var other = Site.Build();

        var keys = Use(site);

        Assert.Single(keys);
        Assert.DoesNotContain(keys.Single(), Use(other));
        Assert.DoesNotContain(keys.Single(), KeysIn(SharedFolder));
    }

    [Fact]
    public async Task A_folder_of_your_own_is_used_and_its_keys_are_wrapped()
    {
        await using var site = Site.Build(services: services => services.AddDataProtection().PersistKeysToFileSystem(home));

        var keys = Use(site);

        Assert.Equal(keys, KeysIn(home.FullName));
        Assert.Contains("<sealed", await File.ReadAllTextAsync(home.EnumerateFiles().Single().FullName), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Shared_sessions_need_a_ring_that_is_shared_as_well()
    {
        await using var site = Site.Build(
            settings: new Dictionary<string, string?> { ["Session:Store"] = "DistributedCache" },
            services: services => services.AddStackExchangeRedisCache(cache =>
                cache.ConfigurationOptions = new() { EndPoints = { { "127.0.0.1", redis.Port } }, Password = RedisServer.Password }));

        var report = await site.Services.GetRequiredService<ChecklistRunner>().RunAsync(CancellationToken.None);

        var failure = report.Failures(Severity.Critical).Single(result => result.Item.Id == "secrets.key-ring-shared");
        Assert.Contains("keys in the memory of this process", failure.ToString(), StringComparison.Ordinal);
    }

    private static string SharedFolder =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aspnet", "DataProtection-Keys");

    /// <summary>Protects a text, which makes the first key.</summary>
    /// <returns>The ids of all keys.</returns>
    private static Guid[] Use(WebApplication site)
    {
        site.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("text");
        return [.. site.Services.GetRequiredService<IKeyManager>().GetAllKeys().Select(key => key.KeyId)];
    }

    private static IEnumerable<Guid> KeysIn(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "key-*.xml").Select(file => Guid.Parse(Path.GetFileNameWithoutExtension(file)["key-".Length..]))
        : [];

    private Dictionary<string, string?> Settings(string environment, bool hasRedis)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = environment,
            ["AllowedHosts"] = "127.0.0.1",
            ["SECRET"] = Site.Secret,
            ["Monitoring__DrainDelay"] = "00:00:00",
            ["HOME"] = home.FullName,
            ["USERPROFILE"] = null, // the framework looks here, too
            ["LOCALAPPDATA"] = null,
        };
        if (hasRedis)
        {
            settings["REDIS_URL"] = redis.Url;
        }
        else
        {
            settings["Session__Store"] = "Memory";
        }

        return settings;
    }
}
