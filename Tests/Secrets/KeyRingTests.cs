using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;
using Tests.Sessions;

namespace Tests.Secrets;

/// <summary>Data Protection's key ring: in Redis, shared, wrapped under the application secret, its first key made once.</summary>
public sealed class KeyRingTests : IAsyncLifetime
{
    private readonly RedisServer redis = new();

    public Task InitializeAsync() => redis.InitializeAsync();

    public Task DisposeAsync() => redis.DisposeAsync();

    [SkippableFact]
    public async Task Five_replicas_that_start_together_make_one_key_and_understand_each_other()
    {
        var replicas = Enumerable.Range(0, 5).Select(_ => Replica()).ToArray();
        using var together = new Barrier(replicas.Length);

        var sealedTexts = await Task.WhenAll(replicas.Select(replica => Task.Factory.StartNew(
            () =>
            {
                var protector = Protector(replica);
                together.SignalAndWait();
                return protector.Protect("text");
            },
            TaskCreationOptions.LongRunning)));

        Assert.Equal(1, await redis.Database.ListLengthAsync("shop:data-protection-keys"));
        Assert.All(replicas, replica => Assert.All(sealedTexts, text => Assert.Equal("text", Protector(replica).Unprotect(text))));
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }
    }

    [SkippableFact]
    [Trait(Tier.Name, Tier.All)]
    public async Task Five_processes_that_start_together_make_one_key()
    {
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["AllowedHosts"] = "127.0.0.1",
            ["SECRET"] = Site.Secret,
            ["REDIS_URL"] = redis.Url,
            ["Monitoring__DrainDelay"] = "00:00:00",
        };
        var processes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SiteProcess.StartAsync(environment)));

        var rings = (await redis.KeysAsync()).Where(key => key.EndsWith(":data-protection-keys", StringComparison.Ordinal));
        Assert.Equal(1, await redis.Database.ListLengthAsync(rings.Single()));
        await Task.WhenAll(processes.Select(process => process.DisposeAsync().AsTask()));
    }

    [SkippableFact]
    public async Task A_lost_key_ring_costs_no_session()
    {
        await using var before = await SessionEndpoints.StartAsync(redis);
        using var browser = before.Visitor();
        await browser.GetAsync("/set/a/1");
        await redis.Database.KeyDeleteAsync("shop:data-protection-keys");

        await using var after = await SessionEndpoints.StartAsync(redis);
        using var same = after.Visitor();
        same.Cookies.Add(browser.Cookies.Single());
        Assert.Equal("1", await same.GetStringAsync("/get/a"));
    }

    [SkippableFact]
    public async Task A_dump_of_Redis_shows_no_master_key()
    {
        await using var replica = Replica();
        Protector(replica).Protect("text");

        var key = (string)(await redis.Database.ListGetByIndexAsync("shop:data-protection-keys", 0))!;
        Assert.Contains("<sealed", key, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", key, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task After_a_rotation_of_the_secret_old_keys_are_still_understood()
    {
        await using var before = Replica();
        var text = Protector(before).Protect("text");

        await using var after = Replica(new() { ["SECRET"] = "nQ7vXk2Lr9Tz4Wc8Bd1Mf6Ph3Jg5Ys0Ue+Ai/Oo2Kw=", ["SECRET_PREVIOUS"] = Site.Secret });
        Assert.Equal("text", Protector(after).Unprotect(text));
    }

    private static IDataProtector Protector(WebApplication replica) =>
        replica.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private WebApplication Replica(Dictionary<string, string?>? settings = null) =>
        Site.Build(settings: new Dictionary<string, string?>(settings ?? []) { ["REDIS_URL"] = redis.Url });
}
