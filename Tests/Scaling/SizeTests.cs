using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Sessions;
using Tests.Docs;
using Tests.Identity;
using Tests.Parts;
using Xunit.Abstractions;

namespace Tests.Scaling;

/// <summary>What a session takes of Redis' memory: measured, and held against what <c>docs/scaling.md</c> says.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed partial class SizeTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Sessions = 5000;

    private readonly RedisServer redis = new();

    public Task InitializeAsync() => redis.InitializeAsync();

    public Task DisposeAsync() => redis.DisposeAsync();

    [SkippableTheory]
    [InlineData("a counter", 1, 4)]
    [InlineData("1 kB in ten values", 10, 100)]
    [InlineData("10 kB in one value", 1, 10_000)]
    public async Task A_session_takes_what_the_page_says(string what, int values, int bytes)
    {
        RedisServer.RequireRedis("figures of its memory that compare to those of Redis");
        await using var app = Site.Build(settings: new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url });
        var storage = app.Services.GetRequiredService<ISessionStorage>();
        await storage.LoadAsync("connects", default);
        var before = await UsedMemoryAsync();

        for (var i = 0; i < Sessions; i++)
        {
            await storage.CreateAsync(NewKey(), Enumerable.Range(0, values).ToDictionary(value => $"value-{value}", _ => RandomNumberGenerator.GetBytes(bytes)), default);
        }

        AssertSaid(what, (await SettledMemoryAsync() - before) / Sessions);
    }

    [SkippableFact]
    public async Task Who_is_signed_in_takes_what_the_page_says()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var ann = await site.RegisterAsync("ann");

        var keys = (await redis.KeysAsync()).Where(key => key.Contains(":session:", StringComparison.Ordinal) || key.Contains(":sign-ins:", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, keys.Length);
        var bytes = await Task.WhenAll(keys.Select(async key => long.Parse(await redis.RunAsync("MEMORY", "USAGE", key, "SAMPLES", "0"), CultureInfo.InvariantCulture)));

        AssertSaid("somebody signed in", bytes.Sum());
    }

    /// <summary>As the ids of real sessions are: a hash of 256 bits.</summary>
    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private async Task<long> UsedMemoryAsync() =>
        long.Parse(UsedMemory().Match(await redis.RunAsync("INFO", "memory")).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>Buffers, of clients and of the file that is appended to, come and go: the least within three seconds is what stays.</summary>
    private async Task<long> SettledMemoryAsync()
    {
        var least = long.MaxValue;
        for (var i = 0; i < 15; i++)
        {
            least = Math.Min(least, await UsedMemoryAsync());
            await Task.Delay(200);
        }

        return least;
    }

    /// <summary>Within a third: versions of Redis, and of what allocates its memory, differ.</summary>
    private void AssertSaid(string what, long measured)
    {
        output.WriteLine($"{what}: {measured} bytes");
        var row = Page.All.Single(page => page.Path == "docs/scaling.md").Lines.Single(line => line.StartsWith($"| {what} |", StringComparison.Ordinal)).Split('|', StringSplitOptions.TrimEntries);
        var said = long.Parse(row[2], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.InRange(measured, said * 2 / 3, said * 4 / 3);
        Assert.InRange(long.Parse(row[3], NumberStyles.AllowThousands, CultureInfo.InvariantCulture), 0.97 * 1_000_000_000 / said, 1.03 * 1_000_000_000 / said); // sessions a GB
    }

    [GeneratedRegex(@"used_memory:(\d+)")]
    private static partial Regex UsedMemory();
}
