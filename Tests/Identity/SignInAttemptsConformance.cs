using ServiceDefaults.Identity;
using Tests.Parts;

namespace Tests.Identity;

/// <summary>What every counter of failed attempts does.</summary>
public abstract class SignInAttemptsConformance
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(3);

    private readonly string counter = Guid.NewGuid().ToString();

    protected ManualClock Clock { get; } = new();

    protected abstract ISignInAttempts Attempts { get; }

    [SkippableFact]
    public async Task Up_to_the_limit_attempts_are_counted_and_the_next_one_has_to_wait()
    {
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(new AttemptCount(i, TimeSpan.Zero), await CountAsync());
            Clock.Advance(TimeSpan.FromSeconds(10));
        }

        var refused = await CountAsync();

        Assert.False(refused.IsAllowed);
        Assert.InRange(refused.Wait, TimeSpan.FromSeconds(149.9), TimeSpan.FromSeconds(150.1));
    }

    [SkippableFact]
    public async Task The_window_slides_so_that_there_are_never_more_within_its_length()
    {
        await CountAsync();
        Clock.Advance(TimeSpan.FromMinutes(2));
        await CountAsync();
        await CountAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True((await CountAsync()).IsAllowed); // the first one is over
        Assert.False((await CountAsync()).IsAllowed);
        Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True((await CountAsync()).IsAllowed);
    }

    [SkippableFact]
    public async Task What_is_refused_does_not_make_the_wait_longer()
    {
        for (var i = 0; i < 20; i++)
        {
            await CountAsync();
        }

        Clock.Advance(Window);

        Assert.Equal(1, (await CountAsync()).Count);
    }

    [SkippableFact]
    public async Task Parallel_attempts_cannot_slip_through()
    {
        await Attempts.ForgetAsync(counter, default); // connects; an application has done so when it starts
        var counts = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(CountAsync)));

        Assert.Equal(3, counts.Count(count => count.IsAllowed));
    }

    [SkippableFact]
    public async Task One_attempt_is_taken_back_or_all_are_forgotten()
    {
        await CountAsync();
        await CountAsync();
        await Attempts.TakeBackAsync(counter, default);
        Assert.Equal(2, (await CountAsync()).Count);

        await Attempts.ForgetAsync(counter, default);
        Assert.Equal(1, (await CountAsync()).Count);

        await Attempts.ForgetAsync(counter, default);
        await Attempts.TakeBackAsync(counter, default);
        Assert.Equal(1, (await CountAsync()).Count);
    }

    [SkippableFact]
    public async Task A_limit_that_was_lowered_holds_at_once()
    {
        for (var i = 0; i < 3; i++)
        {
            await CountAsync();
        }

        Assert.False((await Attempts.CountAsync(counter, 2, Window, default)).IsAllowed);
    }

    protected Task<AttemptCount> CountAsync() => Attempts.CountAsync(counter, 3, Window, default);
}
