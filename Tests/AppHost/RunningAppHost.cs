using System.Collections.Concurrent;
using System.Diagnostics;
using AppHost;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tests.Parts;

namespace Tests.AppHost;

/// <summary>Everything that the AppHost starts, started once; on ports of its own, and never on a developer's data.</summary>
public sealed class RunningAppHost : IAsyncLifetime
{
    /// <summary>A first start may have to fetch the image of Redis, on a machine with much other work.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly bool CanRunProxy = ReverseProxy.CanRunHere(new ConfigurationBuilder().AddEnvironmentVariables().Build());

    /// <summary>What these tests are about, whatever <c>AppHost/appsettings.json</c> says.</summary>
    internal static readonly string[] Unchanged = ["--AppHost:Redis", "container", "--AppHost:Replicas", "2"];

    private readonly string redisData = Directory.CreateTempSubdirectory("redis-").FullName;
    private readonly ConcurrentDictionary<string, Replica> replicas = new(StringComparer.Ordinal);
    private DistributedApplication? app;
    private string redisName = "redis"; // garnet, where Redis is Garnet

    /// <summary>Whether Redis finds its data again when it has been stopped; the container of a test has no volume.</summary>
    public bool RedisKeepsItsData { get; private set; }

    /// <summary>The one address that all replicas share.</summary>
    public Uri Address => App.GetEndpoint("webapp", "http");

    /// <summary>The proxy in front of it.</summary>
    public Uri ProxyAddress => App.GetEndpoint("proxy", "http");

    private DistributedApplication App => app!;

    public static void RequireProxy() =>
        Skip.IfNot(CanRunProxy, "no container engine answers and no caddy is installed: start Docker or Podman, or apt-get install caddy");

    public async Task InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Parameters:application-secret", Site.Secret, "--AppHost:Proxy", CanRunProxy.ToString(), .. Unchanged], timeout.Token);
        KeepOffTheDevelopersData(builder);
        app = await builder.BuildAsync(timeout.Token);
        await app.StartAsync(timeout.Token);
        _ = FollowReplicasAsync(app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(redisName, timeout.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("webapp", timeout.Token);
    }

    public async Task<string> RedisConnectionStringAsync() => (await App.GetConnectionStringAsync(redisName))!;

    /// <summary>Both replicas, as soon as each of them is ready. Aspire asks through their shared address, and so cannot tell.</summary>
    public async Task<(Replica First, Replica Second)> BothReplicasAsync()
    {
        await UntilAsync(
            async () => replicas.Count == 2 && (await Task.WhenAll(replicas.Values.Select(replica => replica.IsReadyAsync()))).All(ready => ready),
            "both replicas are ready");
        return (replicas.Values.First(), replicas.Values.Last());
    }

    public async Task StopAsync(Replica replica)
    {
        await RunAsync(replica.Id, KnownResourceCommands.StopCommand);
        await UntilAsync(() => Task.FromResult(KnownResourceStates.TerminalStates.Contains(replicas[replica.Id].State)), "the replica has stopped");
    }

    public async Task StartAsync(Replica replica)
    {
        await RunAsync(replica.Id, KnownResourceCommands.StartCommand);
        await BothReplicasAsync();
    }

    public Task StopRedisAsync() => RunAsync(redisName, KnownResourceCommands.StopCommand);

    public Task StartRedisAsync() => RunAsync(redisName, KnownResourceCommands.StartCommand);

    public async Task RestartRedisAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        await RunAsync(redisName, KnownResourceCommands.RestartCommand);
        await App.ResourceNotifications.WaitForResourceHealthyAsync(redisName, WaitBehavior.WaitOnResourceUnavailable, timeout.Token); // it ends first
        await BothReplicasAsync();
    }

    public async Task DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        Directory.Delete(redisData, recursive: true);
    }

    private void KeepOffTheDevelopersData(IDistributedApplicationTestingBuilder builder)
    {
        var redis = builder.Resources.Single(resource => resource.Name is "redis" or "garnet");
        redisName = redis.Name;
        if (redis is ExecutableResource local)
        {
            builder.CreateResourceBuilder(local).WithWorkingDirectory(redisData);
            RedisKeepsItsData = true;
        }
        else
        {
            redis.Annotations.Remove(redis.Annotations.OfType<ContainerMountAnnotation>().Single());
        }
    }

    private async Task FollowReplicasAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in App.ResourceNotifications.WatchAsync(cancellationToken))
        {
            if (change.Resource.Name == "webapp" && Replica.From(change) is { } replica)
            {
                replicas[replica.Id] = replica;
            }
        }
    }

    public async Task RunAsync(string resource, string command)
    {
        var result = await App.ResourceCommands.ExecuteCommandAsync(resource, command);
        Assert.True(result.Success, $"{command} {resource}: {result.Message}");
    }

    /// <summary>What a command shows; the checklist has failures in Development.</summary>
    public async Task<string?> ReportAsync(string resource, string command) =>
        (await App.ResourceCommands.ExecuteCommandAsync(resource, command)).Data?.Value;

    private async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < Patience, $"waited {Patience} in vain until {what}: {string.Join(", ", replicas.Values)}");
            await Task.Delay(200);
        }
    }

    /// <summary>One process of the web app, and the address that is its own.</summary>
    public sealed record Replica(string Id, string? State, Uri Address)
    {
        /// <summary>Null while it has no address yet.</summary>
        public static Replica? From(ResourceEvent change) =>
            change.Snapshot.EnvironmentVariables.FirstOrDefault(variable => variable.Name == "ASPNETCORE_URLS")?.Value is { } address
                ? new(change.ResourceId, change.Snapshot.State?.Text, new Uri(address))
                : null;

        /// <summary>A browser that comes to this replica and no other.</summary>
        public Visitor Visitor() => new(Address);

        public async Task<bool> IsReadyAsync()
        {
            try
            {
                using var visitor = Visitor();
                using var answer = await visitor.GetAsync("/ready");
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }
}
