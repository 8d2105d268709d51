using System.Text;
using ServiceDefaults.Sessions;
using Tests.Parts;

namespace Tests.Sessions;

/// <summary>What every session store does. A store of your own passes when a class that derives from this one does.</summary>
public abstract class StorageConformance
{
    private static readonly byte[] One = "one"u8.ToArray();
    private static readonly byte[] Two = "two"u8.ToArray();

    private readonly string key = Guid.NewGuid().ToString();

    protected ManualClock Clock { get; } = new();

    protected abstract ISessionStorage Storage { get; }

    [SkippableFact]
    public async Task What_is_created_is_loaded()
    {
        await Storage.CreateAsync(key, new Dictionary<string, byte[]> { ["a"] = One, ["empty"] = [] }, default);

        var values = await Storage.LoadAsync(key, default);
        Assert.Equal(One, values!["a"]);
        Assert.Empty(values["empty"]);
    }

    [SkippableFact]
    public async Task What_was_never_created_is_null() => Assert.Null(await Storage.LoadAsync(key, default));

    [SkippableFact]
    public async Task A_save_writes_and_removes_and_leaves_the_rest()
    {
        await Storage.CreateAsync(key, new Dictionary<string, byte[]> { ["a"] = One, ["b"] = One, ["c"] = One }, default);

        Assert.True(await Storage.SaveAsync(key, new Dictionary<string, byte[]?> { ["a"] = Two, ["b"] = null }, default));

        var values = await Storage.LoadAsync(key, default);
        Assert.Equal(["a", "c"], values!.Keys.Order());
        Assert.Equal(Two, values["a"]);
    }

    [SkippableFact]
    public async Task A_save_to_a_session_that_has_ended_is_refused()
    {
        await Storage.CreateAsync(key, new Dictionary<string, byte[]> { ["a"] = One }, default);
        Assert.Equal(One, (await Storage.EndAsync(key, default))!["a"]);

        Assert.False(await Storage.SaveAsync(key, new Dictionary<string, byte[]?> { ["a"] = Two }, default));
        Assert.Null(await Storage.IncrementAsync(key, "n", 1, default));
        Assert.Null(await Storage.EndAsync(key, default));
        Assert.Null(await Storage.LoadAsync(key, default));
    }

    [SkippableFact]
    public async Task Parallel_increments_are_exact()
    {
        await Storage.CreateAsync(key, new Dictionary<string, byte[]> { ["a"] = One }, default);

        var values = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => Storage.IncrementAsync(key, "n", 1, default))));

        Assert.Equal(Enumerable.Range(1, 200), values.Select(value => value!.Value).Order());
        Assert.Equal(new byte[] { 0, 0, 0, 200 }, (await Storage.LoadAsync(key, default))!["n"]);
    }

    [SkippableFact]
    public async Task A_counter_goes_below_zero_and_never_around_its_end()
    {
        await Storage.CreateAsync(key, new Dictionary<string, byte[]> { ["a"] = One }, default);

        Assert.Equal(-5, await Storage.IncrementAsync(key, "n", -5, default));
        Assert.Equal(int.MaxValue - 5, await Storage.IncrementAsync(key, "n", int.MaxValue, default));
        await Assert.ThrowsAsync<OverflowException>(() => Storage.IncrementAsync(key, "n", 6, default));
        Assert.Equal(int.MaxValue, await Storage.IncrementAsync(key, "n", 5, default));
    }

    [SkippableFact]
    public async Task Any_key_and_any_value_comes_back_as_it_was()
    {
        var odd = new Dictionary<string, byte[]>
        {
            ["@created"] = One,
            [":"] = [0, 13, 10, 255],
            [""] = One,
            ["größe 🌍 \0"] = Encoding.UTF8.GetBytes("größe 🌍 \0"),
        };
        await Storage.CreateAsync(key, odd, default);

        Assert.Equal(odd.OrderBy(value => value.Key, StringComparer.Ordinal), (await Storage.LoadAsync(key, default))!.OrderBy(value => value.Key, StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Many_values_are_kept()
    {
        var many = Enumerable.Range(0, 6000).ToDictionary(i => $"k{i}", _ => One);
        await Storage.CreateAsync(key, many, default);
        Assert.True(await Storage.SaveAsync(key, many.Keys.ToDictionary(name => name, _ => (byte[]?)Two), default));

        var values = await Storage.LoadAsync(key, default);
        Assert.Equal(6000, values!.Count);
        Assert.All(values.Values, value => Assert.Equal(Two, value));
    }

    [SkippableFact]
    public async Task Loading_starts_the_idle_time_again_until_the_absolute_limit()
    {
        await Storage.CreateAsync(key, new Dictionary<string, byte[]> { ["a"] = One }, default);
        for (var days = 0; days < 30; days += 6)
        {
            Assert.NotNull(await Storage.LoadAsync(key, default));
            Clock.Advance(TimeSpan.FromDays(6));
        }

        Assert.Null(await Storage.LoadAsync(key, default));
    }

    [SkippableFact]
    public async Task When_a_session_was_last_seen_is_told_and_is_no_use_of_it()
    {
        Assert.Null(await Storage.LastSeenAsync(key, default));
        await Storage.CreateAsync(key, new Dictionary<string, byte[]> { ["a"] = One }, default);
        Clock.Advance(TimeSpan.FromDays(1));
        await Storage.LoadAsync(key, default);
        var seen = Clock.GetUtcNow();

        Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(seen, (await Storage.LastSeenAsync(key, default))!.Value, TimeSpan.FromMilliseconds(1));
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await Storage.LastSeenAsync(key, default));
    }

    [SkippableFact]
    public async Task An_idle_session_ends()
    {
        await Storage.CreateAsync(key, new Dictionary<string, byte[]> { ["a"] = One }, default);
        Clock.Advance(TimeSpan.FromDays(7));

        Assert.False(await Storage.SaveAsync(key, new Dictionary<string, byte[]?> { ["a"] = Two }, default));
    }
}
