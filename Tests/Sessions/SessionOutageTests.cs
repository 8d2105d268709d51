using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tests.Parts;

namespace Tests.Sessions;

/// <summary>Redis away, frozen, full or read-only: nothing pretends to have saved, and everything recovers by itself.</summary>
public sealed class SessionOutageTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> Impatient = new() { ["Session:IOTimeout"] = Site.ShortStoreTimeout };

    private readonly RedisServer redis = new();

    public Task InitializeAsync() => redis.InitializeAsync();

    public Task DisposeAsync() => redis.DisposeAsync();

    [SkippableFact]
    public async Task With_Redis_stopped_session_requests_get_503_and_others_are_served_until_it_is_back()
    {
        await using var site = await SessionEndpoints.StartAsync(redis, settings: Impatient);
        using var browser = site.Visitor();
        using var stranger = site.Visitor();
        await browser.GetAsync("/set/a/1");

        redis.Stop();
        await AssertUnavailableAsync(await browser.GetAsync("/get/a"));
        await AssertUnavailableAsync(await browser.GetAsync("/set/a/2"));
        await AssertUnavailableAsync(await stranger.GetAsync("/set/a/2"));
        Assert.Equal("nothing", await stranger.GetStringAsync("/nothing"));
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/alive")).StatusCode);
        await Eventually.TrueAsync(async () => (await stranger.GetAsync("/ready")).StatusCode == HttpStatusCode.ServiceUnavailable, "/ready says 503");

        await redis.StartAsync();
        await Eventually.TrueAsync(async () => (await browser.GetAsync("/get/a")).StatusCode == HttpStatusCode.OK, "sessions are back");
        Assert.Equal("1", await browser.GetStringAsync("/get/a"));
        await Eventually.TrueAsync(async () => (await stranger.GetAsync("/ready")).StatusCode == HttpStatusCode.OK, "/ready says 200");
        Assert.Single(site.Log.Entries, entry => entry.Message.StartsWith($"The session store ({redis.Product}) fails", StringComparison.Ordinal));
        Assert.Single(site.Log.Entries, entry => entry.Message.StartsWith($"The session store ({redis.Product}) works again", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task With_Redis_frozen_no_answer_pretends_to_have_saved()
    {
        await using var site = await SessionEndpoints.StartAsync(redis, settings: Impatient);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");

        redis.Freeze();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.GetAsync("/set/a/2")));
        redis.Thaw();

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        await Eventually.TrueAsync(async () => (await browser.GetAsync("/get/a")).StatusCode == HttpStatusCode.OK, "sessions are back");
    }

    [SkippableFact]
    public async Task A_save_that_fails_when_the_answer_is_already_written_still_becomes_an_error_and_nothing_else()
    {
        await using var site = await SessionEndpoints.StartAsync(redis, app => app.MapGet("/write-then-fail", async (HttpContext context, CancellationToken _) =>
        {
            context.Session.SetString("a", "2");
            redis.Stop();
            context.Response.BodyWriter.Write("pretended"u8);
            await context.Response.BodyWriter.FlushAsync();
        }), Impatient);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");

        await AssertUnavailableAsync(await browser.GetAsync("/write-then-fail"));
    }

    [SkippableFact]
    public async Task With_Redis_out_of_memory_writing_is_a_loud_503_and_reading_goes_on()
    {
        RedisServer.RequireRedis("a limit of memory that refuses writes");
        await using var site = await SessionEndpoints.StartAsync(redis);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");
        await redis.RunAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await redis.RunAsync("CONFIG", "SET", "maxmemory", "1");

        await AssertUnavailableAsync(await browser.GetAsync("/set/a/2"));
        Assert.Equal("1", await browser.GetStringAsync("/get/a"));
    }

    [SkippableFact]
    public async Task On_a_read_only_replica_reading_works_and_writing_is_a_503()
    {
        RedisServer.RequireRedis("replication");
        await using var replica = new AsyncRedis();
        await replica.Server.InitializeAsync();
        await using var writer = await SessionEndpoints.StartAsync(redis);
        using var browser = writer.Visitor();
        await browser.GetAsync("/set/a/1");
        await using var reader = await SessionEndpoints.StartAsync(replica.Server);
        await replica.Server.RunAsync("CONFIG", "SET", "masterauth", RedisServer.Password);
        await replica.Server.RunAsync("REPLICAOF", "127.0.0.1", redis.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Eventually.TrueAsync(async () => (await replica.Server.SessionKeysAsync()).Length == 1, "the replica has the session");
        using var onReplica = reader.Visitor();
        onReplica.Cookies.Add(browser.Cookies.Single());

        Assert.Equal("1", await onReplica.GetStringAsync("/get/a"));
        await AssertUnavailableAsync(await onReplica.GetAsync("/set/a/2"));
    }

    [SkippableFact]
    public async Task A_Redis_that_was_restarted_and_forgot_the_scripts_is_no_error()
    {
        await using var site = await SessionEndpoints.StartAsync(redis);
        using var browser = site.Visitor();
        await browser.GetAsync("/set/a/1");
        await redis.RunAsync("SCRIPT", "FLUSH");

        Assert.Equal("1", await browser.GetStringAsync("/get/a"));
    }

    private static async Task AssertUnavailableAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("2", response.Headers.GetValues("Retry-After").Single());
        Assert.StartsWith("{", body, StringComparison.Ordinal);
        Assert.Contains("may not have been saved", body, StringComparison.Ordinal);
    }

    private sealed class AsyncRedis : IAsyncDisposable
    {
        public RedisServer Server { get; } = new();

        public async ValueTask DisposeAsync() => await Server.DisposeAsync();
    }
}
