using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Caching;
using Tests.Caching;
using Tests.Identity;
using Tests.Parts;

namespace Tests.Scaling;

/// <summary>Replicas on a Redis Cluster.</summary>
[Collection(RedisClusterCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed class ClusterTests(RedisCluster cluster)
{
    [SkippableFact]
    public async Task The_whole_web_app_works_and_its_keys_are_spread_over_the_nodes()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();

        for (var i = 0; i < 20; i++)
        {
            using var visitor = one.Visitor().OverHttps();
            Assert.Equal(1, await visitor.CountAsync());
            using var elsewhere = other.Visitor().OverHttps();
            elsewhere.Cookies.Add(visitor.Cookies.Single());
            Assert.Equal(2, await elsewhere.CountAsync());
        }

        using var ann = one.Visitor().OverHttps();
        var name = "ann-" + Guid.NewGuid().ToString("N")[..8];
        await ann.RegisterAsync(name);
        var keys = await cluster.KeysAsync();
        Assert.All(keys, node => Assert.Contains(node, key => key.Contains(":session:", StringComparison.Ordinal)));
        string[] families = ["session", "sign-ins", "uptime", "data-protection-keys"];
        Assert.Empty(families.Except(keys.SelectMany(node => node).Select(key => key.Split(':')[1])));
        Assert.DoesNotContain("CROSSSLOT", one.Output + other.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_answer_is_made_once_for_all_replicas_and_evicted_on_all()
    {
        RedisCluster.Require();
        var run = CacheSite.Counted();
        void Map(WebApplication app) => app.MapGet("/", run.Next).CacheHint(CacheSite.Minute, CacheScope.Public, ["books"]);
        await using var one = await Site.StartAsync(Map, cluster.Settings);
        await using var other = await Site.StartAsync(Map, cluster.Settings);
        using var visitor = one.Visitor();
        using var elsewhere = other.Visitor();
        elsewhere.DefaultRequestHeaders.Host = visitor.DefaultRequestHeaders.Host = "shop.example";

        Assert.Equal("run 1", await visitor.GetStringAsync("/"));
        Assert.Equal("run 1", await elsewhere.GetStringAsync("/"));
        await one.Services.GetRequiredService<IOutputCacheStore>().EvictByTagAsync("books", default);
        Assert.Equal("run 2", await elsewhere.GetStringAsync("/"));
        Assert.Equal("run 2", await visitor.GetStringAsync("/"));
    }

    [SkippableFact]
    public async Task A_node_that_is_away_takes_its_own_sessions_with_it_and_no_others_and_brings_them_back()
    {
        await using var site = await StartAsync();
        var visitors = Enumerable.Range(0, 20).Select(_ => site.Visitor().OverHttps()).ToArray();
        Assert.All(await Task.WhenAll(visitors.Select(visitor => visitor.CountAsync())), views => Assert.Equal(1, views));

        cluster.Nodes.First().Stop();
        var answers = await Task.WhenAll(visitors.Select(async visitor => (Visitor: visitor, Status: (int)(await visitor.GetAsync("/counter")).StatusCode)));
        var away = answers.Where(answer => answer.Status == 503).Select(answer => answer.Visitor).ToArray();
        Assert.InRange(away.Length, 1, 19);
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 200, 503 }));

        await cluster.StartAgainAsync(cluster.Nodes.First());
        await Eventually.TrueAsync(
            async () => (await Task.WhenAll(away.Select(visitor => visitor.GetAsync("/")))).All(answer => answer.IsSuccessStatusCode), "the node is back, with its sessions");
        Assert.All(await Task.WhenAll(visitors.Select(visitor => visitor.CountAsync())), views => Assert.InRange(views, 2, 3));
    }

    private async Task<SiteProcess> StartAsync()
    {
        RedisCluster.Require();
        return await SiteProcess.StartAsync(cluster.Settings.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value)
            .Concat(new Dictionary<string, string?>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["AllowedHosts"] = "127.0.0.1",
                ["SECRET"] = Site.Secret,
                ["Monitoring__DrainDelay"] = "00:00:00",
                ["Session__IOTimeout"] = Site.ShortStoreTimeout,
            }).ToDictionary());
    }
}
