using StackExchange.Redis;
using Tests.Parts;

namespace Tests.AppHost;

/// <summary>What the AppHost starts works together: Redis, two replicas, one address.</summary>
public sealed class OrchestrationTests(RunningAppHost appHost) : IClassFixture<RunningAppHost>
{
    [SkippableFact]
    public async Task Redis_and_two_replicas_become_healthy()
    {
        var (first, second) = await appHost.BothReplicasAsync();

        Assert.NotEqual(first.Address, second.Address);
    }

    [SkippableFact]
    public async Task A_browser_is_counted_on_from_one_replica_to_the_other()
    {
        var (first, second) = await appHost.BothReplicasAsync();
        using var onFirst = first.Visitor();
        using var onSecond = second.Visitor();

        Assert.Equal(1, await onFirst.CountAsync());
        onSecond.Cookies.Add(onFirst.Cookies.Single());
        Assert.Equal(2, await onSecond.CountAsync());
        Assert.Equal(3, await onFirst.CountAsync());
    }

    [SkippableFact]
    public async Task One_address_leads_to_both_replicas_and_the_count_is_exact()
    {
        using var browser = new Visitor(appHost.Address);
        Assert.Equal(1, await browser.CountAsync());

        var count = 1;
        var servers = new HashSet<string>(StringComparer.Ordinal);
        await Eventually.TrueAsync(
            async () =>
            {
                using var connection = new Visitor(appHost.Address); // the proxy chooses a replica for each connection
                connection.Cookies.Add(browser.Cookies.Single());
                Assert.Equal(++count, await connection.CountAsync());
                servers.Add(await StartedAsync(connection));
                return servers.Count == 2 && count >= 10;
            },
            "both replicas have served this address");
    }

    [SkippableFact]
    public async Task When_a_replica_stops_the_other_counts_on()
    {
        var (stopped, _) = await appHost.BothReplicasAsync();
        using var browser = stopped.Visitor();
        Assert.Equal(1, await browser.CountAsync());
        Assert.Equal(2, await browser.CountAsync());

        await appHost.StopAsync(stopped);
        try
        {
            for (var count = 3; count <= 12; count++)
            {
                using var connection = new Visitor(appHost.Address);
                connection.Cookies.Add(browser.Cookies.Single());
                Assert.Equal(count, await connection.CountAsync());
            }
        }
        finally
        {
            await appHost.StartAsync(stopped);
        }
    }

    [SkippableFact]
    public async Task Replicas_that_are_started_again_one_after_the_other_cost_no_request_and_no_count()
    {
        var (first, second) = await appHost.BothReplicasAsync();
        using var browser = new Visitor(appHost.Address);
        Assert.Equal(1, await browser.CountAsync());
        using var enough = new CancellationTokenSource();
        var tabs = Enumerable.Range(0, 4).Select(_ => ClickUntilAsync(browser.Cookies.Single(), enough.Token)).ToArray();

        foreach (var replica in new[] { first, second })
        {
            await appHost.StopAsync(replica);
            await appHost.StartAsync(replica);
        }

        await enough.CancelAsync();
        Assert.Equal(1 + (await Task.WhenAll(tabs)).Sum() + 1, await browser.CountAsync());
    }

    [SkippableFact]
    public async Task The_count_survives_a_restart_of_Redis()
    {
        Skip.IfNot(appHost.RedisKeepsItsData, "the container of a test has no volume: the manifest's test sees the one of an application");
        using var browser = new Visitor(appHost.Address);
        Assert.Equal(1, await browser.CountAsync());
        await Task.Delay(TimeSpan.FromSeconds(1.1)); // the append-only file is written through every second

        await appHost.RestartRedisAsync();

        Assert.Equal(2, await browser.CountAsync());
    }

    [SkippableFact]
    public async Task Stopping_Redis_shows_a_503_and_starting_it_the_count_again()
    {
        Skip.IfNot(appHost.RedisKeepsItsData, "the container of a test has no volume: the manifest's test sees the one of an application");
        using var browser = new Visitor(appHost.Address);
        Assert.Equal(1, await browser.CountAsync());

        await appHost.StopRedisAsync();
        await Eventually.TrueAsync(async () => (int)(await browser.GetAsync("/counter")).StatusCode == 503, "the site says that it cannot count");
        await appHost.StartRedisAsync();

        await Eventually.TrueAsync(async () => (await browser.GetAsync("/ready")).IsSuccessStatusCode, "the site is ready again");
        Assert.True(await browser.CountAsync() > 1);
    }

    [SkippableFact]
    public async Task The_dashboards_command_runs_the_checklist_as_the_replica_was_started_and_shows_it()
    {
        var (replica, _) = await appHost.BothReplicasAsync();

        var report = await appHost.ReportAsync(replica.Id, "check");

        Assert.Matches(@"ok +sessions\.redis ", report); // the Redis of this orchestration
        Assert.Matches(@"CRITICAL +monitoring\.detail ", report); // it is Development
    }

    [SkippableFact]
    public async Task The_dashboards_command_ends_all_sessions()
    {
        var (replica, _) = await appHost.BothReplicasAsync();
        using var browser = replica.Visitor();
        Assert.Equal(1, await browser.CountAsync());
        Assert.Equal(2, await browser.CountAsync());

        await appHost.RunAsync(replica.Id, "end-sessions");

        Assert.Equal(1, await browser.CountAsync());
    }

    [SkippableFact]
    public async Task The_dashboards_command_rotates_the_secret_and_signs_nobody_out()
    {
        var (replica, _) = await appHost.BothReplicasAsync();
        using var browser = new Visitor(appHost.Address);
        Assert.Equal(1, await browser.CountAsync());
        var cookie = browser.Cookies.Single();

        await appHost.RunAsync(replica.Id, "rotate-secret");
        await appHost.BothReplicasAsync();

        Assert.Equal(2, await browser.CountAsync());
        Assert.NotEqual(cookie.Value, browser.Cookies.Single().Value); // signed again, by the new one
    }

    [SkippableFact]
    public async Task A_browser_is_counted_through_the_proxy()
    {
        RunningAppHost.RequireProxy();
        await appHost.BothReplicasAsync();
        using var browser = new Visitor(appHost.ProxyAddress);

        await Eventually.TrueAsync(async () => (await browser.GetAsync("/alive")).IsSuccessStatusCode, "the proxy is there");
        Assert.Equal(1, await browser.CountAsync());
        Assert.Equal(2, await browser.CountAsync());
    }

    [SkippableFact]
    public async Task Redis_lets_nobody_in_without_the_password()
    {
        var options = ConfigurationOptions.Parse(await appHost.RedisConnectionStringAsync());
        options.ConnectTimeout = 20_000;
        await (await ConnectionMultiplexer.ConnectAsync(options)).DisposeAsync(); // nothing but the password decides

        options.Password = null;

        await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync(options));
    }

    /// <summary>Every click is answered with a number, or the test fails.</summary>
    private async Task<int> ClickUntilAsync(KeyValuePair<string, string> cookie, CancellationToken enough)
    {
        using var tab = new Visitor(appHost.Address);
        tab.Cookies.Add(cookie);
        var clicks = 0;
        for (; !enough.IsCancellationRequested; clicks++)
        {
            await tab.CountAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }

        return clicks;
    }

    /// <summary>When a replica started tells it from the other.</summary>
    private static async Task<string> StartedAsync(Visitor visitor) =>
        (await visitor.GetStringAsync("/uptime")).Split("\"started\":")[1].Split(',')[0];
}
