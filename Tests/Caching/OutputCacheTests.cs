using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Caching;
using Tests.Parts;
using static Tests.Caching.CacheSite;

namespace Tests.Caching;

/// <summary>Public answers are made once and shared by all replicas.</summary>
public sealed class OutputCacheTests(RedisServer redis) : IClassFixture<RedisServer>, IAsyncLifetime
{
    public async Task InitializeAsync() => await redis.RunAsync("FLUSHALL");

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_public_answer_is_made_once_and_then_has_an_age(bool inRedis)
    {
        var run = Counted();
        await using var site = await CacheSite.StartAsync(app => app.MapGet("/", run.Next).CacheHint(Minute, CacheScope.Public), inRedis ? redis : null);
        using var browser = site.Visitor();

        var first = await browser.GetAsync("/");
        await Task.Delay(1100);
        var second = await browser.GetAsync("/");

        Assert.Equal("run 1", await first.Content.ReadAsStringAsync());
        Assert.Equal("run 1", await second.Content.ReadAsStringAsync());
        Assert.Null(first.Headers.Age);
        Assert.InRange(second.Headers.Age!.Value, TimeSpan.FromSeconds(1), Minute);
        Assert.Equal("max-age=60, public", CacheControlOf(second));
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal("nosniff", second.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stored_answer_tells_each_client_of_its_own_requests_and_not_of_those_of_whoever_had_it_made(bool inRedis)
    {
        await using var site = await CacheSite.StartAsync(app => app.MapGet("/", Counted().Next).CacheHint(Minute, CacheScope.Public), inRedis ? redis : null, services => services.AddSingleton<TimeProvider>(new ManualClock()));
        using var maker = site.Visitor();
        using var other = site.Visitor();
        maker.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        other.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.8");
        foreach (var (browser, left) in new[] { (maker, 999), (maker, 998), (other, 999), (other, 998) })
        {
            var answer = await browser.GetAsync("/");
            Assert.StartsWith($"\"requests\";r={left};", Assert.Single(answer.Headers.GetValues("RateLimit")), StringComparison.Ordinal);
            Assert.Equal("run 1", await answer.Content.ReadAsStringAsync());
        }
    }

    [SkippableFact]
    public async Task Replicas_share_it_and_an_eviction_by_tag_on_one_is_seen_by_the_other_at_once()
    {
        var run = Counted();
        void Map(WebApplication app)
        {
            app.MapGet("/", (CacheHints hints) => { hints.Add(Minute, CacheScope.Public, tags: ["note:1"]); return run.Next(); })
                .CacheHint(Minute, CacheScope.Public, tags: ["notes"]);
            app.MapPost("/evict/{tag}", async (string tag, IOutputCacheStore cache, CancellationToken cancel) => await cache.EvictByTagAsync(tag, cancel));
        }

        await using var one = await CacheSite.StartAsync(Map, redis);
        await using var two = await CacheSite.StartAsync(Map, redis);
        using var onOne = one.Visitor();
        using var onTwo = two.Visitor();
        onTwo.DefaultRequestHeaders.Host = onOne.DefaultRequestHeaders.Host = "shop.example";

        Assert.Equal("run 1", await onOne.GetStringAsync("/"));
        Assert.Equal("run 1", await onTwo.GetStringAsync("/"));
        foreach (var (tag, expected) in new[] { ("notes", "run 2"), ("note:1", "run 3"), ("note:2", "run 3") })
        {
            await onTwo.PostAsync($"/evict/{tag}", null);
            Assert.Equal(expected, await onOne.GetStringAsync("/"));
            Assert.Equal(expected, await onTwo.GetStringAsync("/"));
        }
    }

    [SkippableFact]
    public async Task An_answer_that_was_being_made_when_its_tag_was_evicted_is_not_served_afterwards()
    {
        var run = Counted();
        var evict = true;
        await using var site = await CacheSite.StartAsync(
            app => app.MapGet("/", async (IOutputCacheStore cache, CancellationToken cancel) =>
            {
                var old = run.Next();
                if (evict)
                {
                    evict = false;
                    await cache.EvictByTagAsync("notes", cancel); // the data has changed after it was read
                }

                return old;
            }).CacheHint(Minute, CacheScope.Public, tags: ["notes"]),
            redis);
        using var browser = site.Visitor();

        Assert.Equal("run 1", await browser.GetStringAsync("/"));
        Assert.Equal("run 2", await browser.GetStringAsync("/"));
        Assert.Equal("run 2", await browser.GetStringAsync("/"));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_hundred_parallel_requests_run_the_handler_once_a_replica(bool inRedis)
    {
        Run[] runs = [Counted(), Counted()];
        var sites = await Task.WhenAll(runs.Select(run =>
        {
            var stampede = new Stampede(requests: 100);
            return CacheSite.StartAsync(
                app => app.MapGet("/", async () =>
                {
                    await stampede.WaitAsync();
                    return run.Next();
                }).CacheHint(Minute, CacheScope.Public),
                inRedis ? redis : null,
                stampede.AddTo);
        }));
        var visitors = sites.SelectMany(site => Enumerable.Range(0, 100).Select(_ => site.Visitor())).ToArray();

        var answers = await Task.WhenAll(visitors.Select(visitor => visitor.GetStringAsync("/")));

        Assert.All(answers, answer => Assert.Equal("run 1", answer));
        Assert.All(runs, run => Assert.Equal(1, run.Count));
        foreach (var site in sites)
        {
            await site.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("fails")]
    [InlineData("goes-away")]
    public async Task A_stampede_whose_first_request_fails_or_goes_away_fails_nobody_else(string what)
    {
        var run = Counted();
        var stampede = new Stampede(requests: 11);
        await using var site = await CacheSite.StartAsync(
            app => app.MapGet("/", async (HttpContext context, CancellationToken cancel) =>
            {
                var name = run.Next();
                if (name != "run 1")
                {
                    return name;
                }

                await stampede.WaitAsync();
                await Task.Delay(what == "fails" ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, cancel);
                throw new InvalidOperationException("boom");
            }).CacheHint(Minute, CacheScope.Public),
            services: stampede.AddTo);
        using var impatient = site.Visitor();
        using var gone = new CancellationTokenSource();
        var first = impatient.GetAsync("/", gone.Token);
        await Eventually.TrueAsync(() => Task.FromResult(run.Count == 1), "the first request is under way");

        using var others = site.Visitor();
        var answers = Enumerable.Range(0, 10).Select(_ => others.GetAsync("/")).ToArray();
        await stampede.WaitAsync();
        if (what == "fails")
        {
            Assert.Equal(HttpStatusCode.InternalServerError, (await first).StatusCode);
        }
        else
        {
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        }

        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Code_that_gives_the_only_hint_is_asked_twice_and_then_no_more()
    {
        var run = Counted();
        await using var site = await CacheSite.StartAsync(app => app.MapGet("/", (CacheHints hints) =>
        {
            hints.Add(Minute, CacheScope.Public);
            return run.Next();
        }));
        using var browser = site.Visitor();

        Assert.Equal("run 1", await browser.GetStringAsync("/"));
        Assert.Equal("run 2", await browser.GetStringAsync("/"));
        Assert.Equal("run 2", await browser.GetStringAsync("/"));
    }

    [Theory]
    [InlineData("/?a=1", "/?a=2")]
    [InlineData("/?a=1&a=2", "/?a=2&a=1")]
    [InlineData("/?a=1%1EB%3D2", "/?a=1&b=2")]
    [InlineData("/?a=1%1F2", "/?a=1&a=2")]
    [InlineData("/note", "/NOTE")]
    [InlineData("/a%1Eb", "/a")]
    [InlineData("/a%2Fb", "/a/b")]
    public async Task Requests_that_differ_never_share_an_answer(string one, string other)
    {
        await using var site = await CacheSite.StartAsync(app => app.MapGet("/{**path}", (HttpContext context, CancellationToken _) =>
            $"{context.Request.Path}{context.Request.QueryString}").CacheHint(Minute, CacheScope.Public));
        using var browser = site.Visitor();

        var first = await browser.GetStringAsync(one);
        Assert.NotEqual(first, await browser.GetStringAsync(other));
        Assert.Equal(first, await browser.GetStringAsync(one));
    }

    [Fact]
    public async Task Parallel_requests_that_differ_in_a_character_of_the_frameworks_own_key_get_an_answer_of_their_own()
    {
        await using var site = await CacheSite.StartAsync(app => app.MapGet("/{**path}", async (string path) =>
        {
            await Task.Delay(300);
            return Uri.EscapeDataString(path);
        }).CacheHint(Minute, CacheScope.Public));
        using var browser = site.Visitor();
        string[] paths = ["a%1Eb", "c%1Ed", "e%1Ff", "g%1Fh"];

        Assert.Equal(paths, await Task.WhenAll(paths.Select(path => browser.GetStringAsync($"/{path}"))));
    }

    [Fact]
    public async Task Host_and_scheme_are_part_of_the_key_and_a_forwarded_host_changes_nothing()
    {
        await using var site = await Site.StartAsync(
            app => app.MapGet("/", (HttpRequest request) => $"{request.Scheme}://{request.Host}/").CacheHint(Minute, CacheScope.Public),
            environment: "Development",
            settings: new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["AllowedHosts"] = "*" });

        Assert.Equal("http://evil.example/", await AskAsync("evil.example", "http"));
        Assert.Equal("https://shop.example/", await AskAsync("shop.example", "https"));
        Assert.Equal("http://shop.example/", await AskAsync("shop.example", "http"));
        Assert.Equal("https://shop.example/", await AskAsync("shop.example", "https"));

        async Task<string> AskAsync(string host, string scheme)
        {
            using var visitor = new Visitor(site.Address);
            visitor.DefaultRequestHeaders.Host = host;
            visitor.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
            visitor.DefaultRequestHeaders.Add("X-Forwarded-Host", "poison.example");
            return await visitor.GetStringAsync("/");
        }
    }

    [Fact]
    public async Task Each_value_of_a_header_that_the_endpoint_varies_by_has_an_answer_of_its_own_and_of_an_undeclared_one_nothing_is_stored()
    {
        var undeclared = Counted();
        await using var site = await CacheSite.StartAsync(app =>
        {
            app.MapGet("/declared", (HttpRequest request) => request.Headers.AcceptLanguage.ToString()).CacheHint(Minute, CacheScope.Public, varyBy: ["Accept-Language"]);
            app.MapGet("/undeclared", (HttpRequest request, CacheHints hints) =>
            {
                hints.Add(Minute, CacheScope.Public, varyBy: ["Accept-Language"]);
                return undeclared.Next();
            }).CacheHint(Minute, CacheScope.Public);
        });
        using var german = site.Visitor();
        german.DefaultRequestHeaders.Add("Accept-Language", "de");
        using var french = site.Visitor();
        french.DefaultRequestHeaders.Add("Accept-Language", "fr");

        Assert.Equal("de", await german.GetStringAsync("/declared"));
        Assert.Equal("fr", await french.GetStringAsync("/declared"));
        Assert.Equal("run 1", await german.GetStringAsync("/undeclared"));
        Assert.Equal("run 2", await german.GetStringAsync("/undeclared"));
    }

    [Fact]
    public async Task What_was_made_for_a_session_or_credentials_is_not_stored_and_they_are_served_what_was_made_for_nobody()
    {
        var run = Counted();
        await using var site = await CacheSite.StartAsync(app =>
        {
            app.MapGet("/", run.Next).CacheHint(Minute, CacheScope.Public);
            app.MapGet("/begin", (HttpContext context, CancellationToken _) => context.Session.SetString("a", "1"));
        });
        using var user = site.Visitor();
        await user.GetAsync("/begin");
        using var machine = site.Visitor();
        machine.DefaultRequestHeaders.Add("Authorization", "Bearer token");
        using var stranger = site.Visitor();

        Assert.Equal("run 1", await user.GetStringAsync("/"));
        Assert.Equal("run 2", await machine.GetStringAsync("/"));
        Assert.Equal("run 3", await stranger.GetStringAsync("/"));
        Assert.Equal("run 3", await user.GetStringAsync("/"));
        Assert.Equal("run 3", await machine.GetStringAsync("/"));
    }

    [SkippableFact]
    public async Task Stored_answers_expire_and_stay_within_their_budget()
    {
        await using var site = await Site.StartAsync(
            app => app.MapGet("/{id}", (string id) => new string('x', 100_000)).CacheHint(Minute, CacheScope.Public, tags: ["all"]),
            new Dictionary<string, string?> { ["REDIS_URL"] = redis.Url, ["Caching:MaxBytes"] = "1048576" });
        using var browser = site.Visitor();
        for (var i = 0; i < 30; i++)
        {
            await browser.GetAsync($"/{i}?flood={i}");
        }

        var keys = (await redis.KeysAsync()).Where(key => key.StartsWith("shop:{cache}:", StringComparison.Ordinal)).ToArray();
        Assert.InRange(keys.Count(key => key.Contains(":answer:", StringComparison.Ordinal)), 5, 10);
        Assert.All(keys, key => Assert.True(redis.Database.KeyTimeToLive(key) > TimeSpan.Zero, key));
        Assert.InRange(long.Parse((string)redis.Database.HashGet("shop:{cache}:sizes", "*")!, System.Globalization.CultureInfo.InvariantCulture), 500_000, 1_048_576);
    }

    [Fact]
    public async Task An_answer_larger_than_the_limit_is_sent_whole_and_not_stored()
    {
        var run = Counted();
        await using var site = await Site.StartAsync(
            app => app.MapGet("/", () => run.Next() + new string('x', 100_000)).CacheHint(Minute, CacheScope.Public),
            new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["Caching:MaxAnswerBytes"] = "50000" });
        using var browser = site.Visitor();

        Assert.Equal(100_005, (await browser.GetStringAsync("/")).Length);
        Assert.StartsWith("run 2", await browser.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_does_not_take_its_answer_keeps_nobody_else_waiting()
    {
        var run = Counted();
        await using var site = await Site.StartAsync(
            app => app.MapGet("/", () =>
            {
                run.Next();
                return new string('x', 1_000_000);
            }).CacheHint(Minute, CacheScope.Public),
            new Dictionary<string, string?> { ["Session:Store"] = "Memory", ["Limits:Connections:AnswerBytesPerSecond"] = "1" }); // so slow a client is not cut
        using var slow = await Wire.ConnectAsync(site.Address, receiveBuffer: 4096);
        await slow.TrySendAsync("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n\r\n");
        await Eventually.TrueAsync(() => Task.FromResult(run.Count == 1), "it has asked"); // and reads nothing
        using var browser = site.Visitor();

        using var patience = new CancellationTokenSource(Eventually.Patience);
        browser.DefaultRequestHeaders.Host = "127.0.0.1";
        Assert.Equal(1_000_000, (await browser.GetStringAsync("/", patience.Token)).Length);
    }
}
