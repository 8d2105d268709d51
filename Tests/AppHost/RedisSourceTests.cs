using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Tests.Parts;

namespace Tests.AppHost;

/// <summary>Where Redis comes from, if not from where it comes by default: <see cref="OrchestrationTests"/> has that.</summary>
public sealed class RedisSourceTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [SkippableFact]
    public async Task The_local_server_is_taken_also_where_containers_can_be_started()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--Parameters:application-secret", Site.Secret, "--AppHost:Redis", "local"]);

        Assert.IsAssignableFrom<ExecutableResource>(builder.Resources.Single(resource => resource.Name is "redis" or "garnet"));
    }

    [SkippableFact]
    [Trait(Tier.Name, Tier.All)]
    public async Task The_web_app_counts_in_a_Redis_from_elsewhere()
    {
        using var timeout = new CancellationTokenSource(RunningAppHost.Patience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Parameters:application-secret", Site.Secret, "--AppHost:Redis", "external", "--AppHost:Replicas", "2", "--ConnectionStrings:redis", redis.Url], timeout.Token);
        await using var app = await builder.BuildAsync(timeout.Token);
        await app.StartAsync(timeout.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("webapp", timeout.Token);

        using var browser = new Visitor(app.GetEndpoint("webapp", "http"));
        Assert.Equal(1, await browser.CountAsync());
        Assert.Single(await redis.SessionKeysAsync());
        Assert.DoesNotContain(builder.Resources, resource => resource is ContainerResource or ExecutableResource { Name: "redis" or "garnet" });
    }
}
