using ServiceDefaults.Identity;
using Tests.Parts;

namespace Tests.Identity;

/// <summary>What every record of sign-ins does. One of your own passes when a class that derives from this one does.</summary>
public abstract class SignInRecordsConformance
{
    private readonly string user = Guid.NewGuid().ToString();

    protected ManualClock Clock { get; } = new();

    protected abstract ISignInRecords Records { get; }

    [SkippableFact]
    public async Task What_is_added_is_listed_as_it_was()
    {
        var record = Of("one") with { Device = "Größe on \"Linux\" 🌍", Place = "2001:db8:1:*" };

        Assert.Equal(1, await Records.AddAsync(user, record, default));

        Assert.Equal([record], await Records.ListAsync(user, default));
    }

    [SkippableFact]
    public async Task A_user_who_never_signed_in_has_none() => Assert.Empty(await Records.ListAsync(user, default));

    [SkippableFact]
    public async Task The_users_are_kept_apart()
    {
        await Records.AddAsync(user, Of("one"), default);
        await Records.AddAsync(user + "'s brother", Of("two"), default);

        Assert.Equal("one", Assert.Single(await Records.ListAsync(user, default)).Session);
    }

    [SkippableFact]
    public async Task The_same_session_is_listed_once()
    {
        await Records.AddAsync(user, Of("one"), default);

        Assert.Equal(1, await Records.AddAsync(user, Of("one") with { Device = "another" }, default));

        Assert.Equal("another", Assert.Single(await Records.ListAsync(user, default)).Device);
    }

    [SkippableFact]
    public async Task What_is_removed_is_gone_and_the_rest_stays()
    {
        foreach (var session in new[] { "one", "two", "three" })
        {
            await Records.AddAsync(user, Of(session), default);
        }

        await Records.RemoveAsync(user, ["one", "three", "unknown"], default);
        await Records.RemoveAsync(user, [], default);

        Assert.Equal("two", Assert.Single(await Records.ListAsync(user, default)).Session);
    }

    [SkippableFact]
    public async Task Parallel_sign_ins_are_all_recorded()
    {
        await Records.ListAsync(user, default); // connects; an application has done so when it starts
        var counts = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => Records.AddAsync(user, Of($"{i:000}"), default))));

        Assert.Equal(Enumerable.Range(1, 100), counts.Order());
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i:000}"), (await Records.ListAsync(user, default)).Select(record => record.Session).Order());
    }

    protected SignInRecord Of(string session) => new(session, "Firefox on Linux", "192.0.2.*", Clock.GetUtcNow());

    protected Task AddAsync(string session) => Records.AddAsync(user, Of(session), default);

    protected Task<IReadOnlyList<SignInRecord>> ListAsync() => Records.ListAsync(user, default);
}
