using ServiceDefaults.Uptime;
using Tests.Parts;

namespace Tests.Monitoring;

/// <summary>What every store of the uptime does: right across restarts, missed beats, clocks that are set, and replicas that vanish.</summary>
public abstract class UptimeRecordsConformance
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    protected ManualClock Clock { get; } = new();

    protected abstract IUptimeRecords Records { get; }

    [SkippableFact]
    public async Task Before_the_first_beat_nothing_is_known()
    {
        var history = await Records.ReadAsync(default);

        Assert.False(history.IsUp);
        Assert.Null(history.Current);
        Assert.Null(history.Availability(TimeSpan.FromHours(1)));
        Assert.All(history.Days(90), day => Assert.Equal(TimeSpan.Zero, day.Known));
    }

    [SkippableFact]
    public async Task Time_before_the_first_beat_does_not_count()
    {
        await new Beating(this, "a").ForAsync(TimeSpan.FromMinutes(10));

        var history = await Records.ReadAsync(default);

        Assert.True(history.IsUp);
        Assert.Equal(1, history.Availability(90 * Day));
        AssertAbout(TimeSpan.FromMinutes(10), Sum(history.Days(2), day => day.Known));
    }

    [SkippableFact]
    public async Task A_beat_or_two_may_be_missed()
    {
        var replica = new Beating(this, "a");
        await replica.ForAsync(TimeSpan.FromMinutes(1));
        Clock.Advance(TimeSpan.FromSeconds(29));
        await replica.BeatAsync();

        Assert.Empty((await Records.ReadAsync(default)).Outages);
    }

    [SkippableFact]
    public async Task An_outage_lasts_from_the_last_beat_to_the_next_one()
    {
        var replica = new Beating(this, "a");
        await replica.ForAsync(TimeSpan.FromMinutes(30));
        var lastBeat = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromMinutes(15));

        var during = await Records.ReadAsync(default);
        Assert.False(during.IsUp);
        Assert.Equal(lastBeat, during.Current!.Begin, TimeSpan.FromMilliseconds(1));
        Assert.Equal(30 / 45d, during.Availability(TimeSpan.FromHours(1))!.Value, 3);

        await replica.BeatAsync();
        var after = await Records.ReadAsync(default);
        Assert.True(after.IsUp);
        AssertAbout(TimeSpan.FromMinutes(15), Duration(Assert.Single(after.Outages)));
        Assert.Equal(30 / 45d, after.Availability(TimeSpan.FromHours(1))!.Value, 3);
    }

    [SkippableFact]
    public async Task Each_window_counts_its_own_part_of_an_outage()
    {
        var replica = new Beating(this, "a");
        await replica.BeatAsync();
        Clock.Advance(TimeSpan.FromHours(6));
        await replica.BeatAsync();
        await replica.ForAsync(TimeSpan.FromHours(18.5), every: TimeSpan.FromSeconds(25));

        var history = await Records.ReadAsync(default);

        Assert.Equal(1, history.Availability(TimeSpan.FromHours(1)));
        Assert.Equal(1 - (5.5 / 24), history.Availability(Day)!.Value, 3);
        Assert.Equal(1 - (6 / 24.5), history.Availability(30 * Day)!.Value, 3);
        AssertAbout(TimeSpan.FromHours(6), Sum(history.Days(90), day => day.Down));
        AssertAbout(TimeSpan.FromHours(24.5), Sum(history.Days(90), day => day.Known));
    }

    [SkippableFact]
    public async Task One_replica_that_is_ready_is_enough()
    {
        var (left, right) = (new Beating(this, "left"), new Beating(this, "right"));
        await left.BeatAsync();
        await right.ForAsync(TimeSpan.FromMinutes(10));
        await left.BeatAsync(); // it was away for ten minutes
        await left.ForAsync(TimeSpan.FromMinutes(10)); // now the other one is

        Assert.Empty((await Records.ReadAsync(default)).Outages);
    }

    [SkippableFact]
    public async Task A_replica_is_seen_until_it_leaves_or_has_vanished_for_half_a_minute()
    {
        var started = Clock.GetUtcNow().AddHours(-1);
        foreach (var name in new[] { "a", "b", "c" })
        {
            await Records.BeatAsync(new Beat(name, "1.2.3 beta", started, null), default);
        }

        await Records.LeaveAsync("b", default);
        var both = (await Records.ReadAsync(default)).Replicas;
        Assert.Equal(["a", "c"], both.Select(replica => replica.Instance));
        Assert.All(both, replica => Assert.Equal("1.2.3 beta", replica.Version));
        Assert.All(both, replica => Assert.Equal(started, replica.Started, TimeSpan.FromMilliseconds(1)));

        Clock.Advance(TimeSpan.FromSeconds(20));
        await new Beating(this, "c").BeatAsync();
        Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("c", Assert.Single((await Records.ReadAsync(default)).Replicas).Instance);
    }

    [SkippableFact]
    public async Task A_clock_that_is_set_forward_is_no_outage()
    {
        var replica = new Beating(this, "a");
        await replica.ForAsync(TimeSpan.FromMinutes(10));

        Clock.Advance(TimeSpan.FromHours(1)); // by this clock alone; the replica's stopwatch shows ten seconds
        await replica.BeatAsync(vouches: true);

        var history = await Records.ReadAsync(default);
        Assert.Empty(history.Outages);
        Assert.Equal(1, history.Availability(TimeSpan.FromHours(1)));
    }

    [SkippableFact]
    public async Task Nor_is_it_one_when_a_replica_that_cannot_know_it_beats_first()
    {
        var replica = new Beating(this, "a");
        await replica.ForAsync(TimeSpan.FromMinutes(10));

        Clock.Advance(TimeSpan.FromHours(1));
        await new Beating(this, "new").BeatAsync();
        Assert.Single((await Records.ReadAsync(default)).Outages);
        Clock.Advance(TimeSpan.FromSeconds(5));
        await replica.BeatAsync(vouches: true);

        Assert.Empty((await Records.ReadAsync(default)).Outages);
    }

    [SkippableFact]
    public async Task A_real_outage_stays_when_the_replica_goes_on_beating()
    {
        var replica = new Beating(this, "a");
        await replica.BeatAsync();
        Clock.Advance(TimeSpan.FromHours(1));
        await replica.BeatAsync();
        await replica.ForAsync(TimeSpan.FromMinutes(5));

        Assert.Single((await Records.ReadAsync(default)).Outages);
    }

    [SkippableFact]
    public async Task A_clock_that_is_set_back_is_no_outage_and_takes_back_what_has_not_been()
    {
        var replica = new Beating(this, "a");
        await replica.ForAsync(TimeSpan.FromMinutes(10));
        Clock.Advance(TimeSpan.FromMinutes(5)); // an outage of five minutes
        await replica.BeatAsync();
        await replica.ForAsync(TimeSpan.FromMinutes(10));
        Clock.Advance(TimeSpan.FromMinutes(3)); // and one of three
        await replica.BeatAsync();

        Clock.Advance(TimeSpan.FromMinutes(-14)); // into the first one's last minute
        await replica.BeatAsync(vouches: true);
        var history = await Records.ReadAsync(default);
        Assert.True(history.IsUp);
        AssertAbout(TimeSpan.FromMinutes(4), Duration(Assert.Single(history.Outages)));
        Assert.Single(history.Replicas);

        Clock.Advance(TimeSpan.FromDays(-1)); // before everything
        await replica.BeatAsync(vouches: true);
        await replica.ForAsync(TimeSpan.FromMinutes(10));
        history = await Records.ReadAsync(default);
        Assert.Empty(history.Outages);
        Assert.Equal(1, history.Availability(90 * Day));
        AssertAbout(TimeSpan.FromMinutes(10), Sum(history.Days(90), day => day.Known));
    }

    [SkippableFact]
    public async Task Beyond_its_room_the_oldest_outages_go_and_what_is_known_begins_after_them()
    {
        var replica = new Beating(this, "a");
        await replica.BeatAsync();
        var begun = Clock.GetUtcNow();
        for (var i = 0; i < UptimeRules.MaxOutages + 10; i++)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            await replica.BeatAsync();
        }

        var history = await Records.ReadAsync(default);

        Assert.Equal(UptimeRules.MaxOutages, history.Past.Count);
        Assert.Equal(begun.AddMinutes(10), history.Since!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, history.Availability(90 * Day)!.Value, 5); // it was never up, and nothing pretends that it was
    }

    [SkippableFact]
    public async Task What_is_older_than_the_days_that_are_shown_is_forgotten()
    {
        var replica = new Beating(this, "a");
        await replica.BeatAsync();
        Clock.Advance(Day);
        await replica.BeatAsync();
        for (var i = 0; i < 92; i++)
        {
            Clock.Advance(Day);
            await replica.BeatAsync(vouches: true);
        }

        var history = await Records.ReadAsync(default);

        Assert.Empty(history.Outages);
        Assert.Equal(1, history.Availability(90 * Day));
        Assert.All(history.Days(90), day => Assert.NotEqual(TimeSpan.Zero, day.Known));
    }

    protected static TimeSpan Duration(Outage outage) => outage.End!.Value - outage.Begin;

    private static void AssertAbout(TimeSpan expected, TimeSpan actual) =>
        Assert.InRange(actual, expected - TimeSpan.FromSeconds(1), expected + TimeSpan.FromSeconds(1));

    private static TimeSpan Sum(IEnumerable<UptimeDay> days, Func<UptimeDay, TimeSpan> part) => TimeSpan.FromTicks(days.Sum(day => part(day).Ticks));

    /// <summary>A replica, as its heart beats.</summary>
    private sealed class Beating(UptimeRecordsConformance test, string name)
    {
        private DateTimeOffset? told;

        public async Task BeatAsync(bool vouches = false) =>
            told = await test.Records.BeatAsync(new Beat(name, "1.0.0", test.Clock.GetUtcNow(), vouches ? told : null), default);

        public async Task ForAsync(TimeSpan time, TimeSpan? every = null)
        {
            await BeatAsync();
            var step = every ?? TimeSpan.FromSeconds(10);
            for (var left = time; left > TimeSpan.Zero; left -= step)
            {
                test.Clock.Advance(left < step ? left : step);
                await BeatAsync(vouches: true);
            }
        }
    }
}
