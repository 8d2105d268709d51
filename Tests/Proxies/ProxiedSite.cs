using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Sessions;
using Tests.Identity;
using Tests.Parts;

namespace Tests.Proxies;

/// <summary>Two replicas on one Redis, in Production, as they stand behind a proxy.</summary>
public sealed class ProxiedSite : IAsyncLifetime
{
    private readonly RedisServer redis = new();
    private readonly List<Site> replicas = [];

    /// <summary>How often each POST to /abort has arrived, by what it carried.</summary>
    public ConcurrentDictionary<string, int> Arrived { get; } = new();

    public int[] Ports => [.. replicas.Select(replica => replica.Address.Port)];

    public async Task InitializeAsync()
    {
        await redis.InitializeAsync();
        replicas.Add(await StartReplicaAsync(hops: 1));
        replicas.Add(await StartReplicaAsync(hops: 1));
    }

    public Task<Site> StartReplicaAsync(int hops) => AccountSite.StartAsync(
        redis,
        new Dictionary<string, string?> { ["AllowedHosts"] = ReverseProxy.Host, ["Proxies:Hops"] = hops.ToString(CultureInfo.InvariantCulture) },
        map: app =>
        {
            app.MapGet("/counter", async (HttpContext context, CancellationToken _) =>
                new Count(await context.Session.IncrementAsync("views"), context.Connection.LocalPort));
            app.MapGet("/visitor", (HttpContext context, CancellationToken _) =>
                $"{context.Connection.RemoteIpAddress} {context.Request.Scheme}://{context.Request.Host}");
            app.MapPost("/body", async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                return body.Length;
            });
            app.MapPost("/abort", async (HttpContext context) =>
            {
                using var reader = new StreamReader(context.Request.Body);
                Arrived.AddOrUpdate(await reader.ReadToEndAsync(), 1, (_, before) => before + 1);
                context.Abort();
            });
        });

    public async Task DisposeAsync()
    {
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }

        await redis.DisposeAsync();
    }

    /// <param name="Views">How often this visitor was here.</param>
    /// <param name="Replica">Who counted.</param>
    public sealed record Count(int Views, int Replica);
}
