using Microsoft.AspNetCore.Identity;
using WebApp.Account.Users;

namespace Tests.Identity.Passwords;

/// <summary>What every store of users does.</summary>
public abstract class UsersConformance
{
    private readonly User user = new() { Name = "Ann", NormalizedName = Guid.NewGuid().ToString(), PasswordHash = "hash", SecurityStamp = "stamp" };

    protected abstract IUserStore<User> Users { get; }

    [SkippableFact]
    public async Task A_user_is_found_by_id_and_by_name()
    {
        Assert.True((await Users.CreateAsync(user, default)).Succeeded);

        foreach (var found in new[] { await Users.FindByIdAsync(user.Id, default), await Users.FindByNameAsync(user.NormalizedName, default) })
        {
            Assert.Equal(
                (user.Id, user.Name, user.NormalizedName, user.PasswordHash, user.SecurityStamp),
                (found!.Id, found.Name, found.NormalizedName, found.PasswordHash, found.SecurityStamp));
        }
    }

    [SkippableFact]
    public async Task Whoever_does_not_exist_is_null()
    {
        Assert.Null(await Users.FindByIdAsync("nobody", default));
        Assert.Null(await Users.FindByNameAsync("nobody", default));
        Assert.Null(await Users.FindByNameAsync("", default));
    }

    [SkippableFact]
    public async Task Of_many_who_take_a_name_at_the_same_moment_one_has_it()
    {
        var users = Users;
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            users.CreateAsync(new User { Name = $"{i}", NormalizedName = user.NormalizedName }, default))));

        Assert.Single(results, result => result.Succeeded);
        Assert.NotNull(await Users.FindByNameAsync(user.NormalizedName, default));
    }

    [SkippableFact]
    public async Task Of_two_who_change_a_user_at_the_same_time_the_second_is_told()
    {
        await Users.CreateAsync(user, default);
        var one = (await Users.FindByIdAsync(user.Id, default))!;
        var two = (await Users.FindByIdAsync(user.Id, default))!;
        one.PasswordHash = "one";
        two.PasswordHash = "two";

        Assert.True((await Users.UpdateAsync(one, default)).Succeeded);
        Assert.False((await Users.UpdateAsync(two, default)).Succeeded);

        Assert.Equal("one", (await Users.FindByIdAsync(user.Id, default))!.PasswordHash);
    }

    [SkippableFact]
    public async Task Changes_that_were_not_written_are_not_there()
    {
        await Users.CreateAsync(user, default);
        (await Users.FindByIdAsync(user.Id, default))!.PasswordHash = "not written";

        Assert.Equal("hash", (await Users.FindByIdAsync(user.Id, default))!.PasswordHash);
    }

    [SkippableFact]
    public async Task A_deleted_user_is_gone_and_the_name_is_free()
    {
        await Users.CreateAsync(user, default);
        await Users.DeleteAsync(user, default);

        Assert.Null(await Users.FindByIdAsync(user.Id, default));
        Assert.Null(await Users.FindByNameAsync(user.NormalizedName, default));
        Assert.True((await Users.CreateAsync(new User { NormalizedName = user.NormalizedName }, default)).Succeeded);
    }
}
