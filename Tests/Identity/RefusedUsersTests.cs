using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Identity;
using Tests.Parts;

namespace Tests.Identity;

/// <summary>Who is refused again and again does not fill the log, and hides nobody else in it.</summary>
public sealed class RefusedUsersTests
{
    [Fact]
    public async Task Each_user_has_one_line_a_minute_that_counts_the_others()
    {
        var clock = new ManualClock();
        await using var site = await Site.StartAsync(_ => { }, services: services => services.AddSingleton<TimeProvider>(clock));
        var events = site.Services.GetRequiredService<SecurityEvents>();
        void Refuse(string user, int times) => Enumerable.Range(0, times).ToList().ForEach(_ => events.AccessRefused(user, "GET /orders"));

        Refuse("ann", 1000);
        Refuse("bob", 1);
        clock.Advance(TimeSpan.FromMinutes(1));
        Refuse("ann", 2);

        Assert.Equal(
            [
                "User ann was refused access to GET /orders. Refusals of this user since the line before: 0.",
                "User bob was refused access to GET /orders. Refusals of this user since the line before: 0.",
                "User ann was refused access to GET /orders. Refusals of this user since the line before: 999.",
            ],
            site.Log.Entries.Where(entry => entry.Category == typeof(SecurityEvents).FullName).Select(entry => entry.Message));
    }

    [Fact]
    public void However_many_users_there_are_few_are_kept()
    {
        var refused = new RefusedUsers(new ManualClock());
        foreach (var user in Enumerable.Range(0, 25_000))
        {
            Assert.True(refused.IsDue($"{user}", out _));
        }

        Assert.False(refused.IsDue("24999", out _));
        Assert.True(refused.IsDue("0", out _)); // forgotten, at the cost of a line
    }
}
