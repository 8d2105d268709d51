using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;
using WebApp.Account.Users;

namespace Tests.Identity.Passwords;

/// <summary>Register, sign in, sign out, change the password.</summary>
public sealed class AccountTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string Wrong = "The name or the password is wrong.";

    private readonly string name = "ann-" + Guid.NewGuid().ToString("N")[..8];

    [SkippableFact]
    public async Task Who_registers_is_signed_in_and_may_sign_in_again_with_the_name_in_any_case()
    {
        await using var left = await AccountSite.StartAsync(redis);
        await using var right = await AccountSite.StartAsync(redis);
        using var first = await left.RegisterAsync(name);
        using var second = right.Visitor();

        Assert.Equal(name, await first.WhoAsync());
        Assert.Equal("/", (await second.SignInAsync($" {name.ToUpperInvariant()} ")).Location);
        Assert.Equal(name, await second.WhoAsync());
        Assert.Contains($">{name}</a>", await second.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Without_Redis_it_is_the_same()
    {
        await using var site = await AccountSite.StartInMemoryAsync();
        using var first = await site.RegisterAsync(name);
        using var second = site.Visitor();

        Assert.True((await second.SignInAsync(name)).IsRedirect);
        Assert.Equal(name, await second.WhoAsync());
    }

    [SkippableFact]
    public async Task A_name_is_given_once_however_many_ask_for_it_at_the_same_moment()
    {
        await using var left = await AccountSite.StartAsync(redis);
        await using var right = await AccountSite.StartAsync(redis);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            using var browser = (i % 2 == 0 ? left : right).Visitor();
            return await browser.SubmitAsync("/account/register", ("Name", name), ("Password", AccountSite.Password), ("Repeated", AccountSite.Password));
        }));

        Assert.Single(answers, answer => answer.IsRedirect);
        Assert.Equal(9, answers.Count(answer => answer.Text.Contains("is already taken", StringComparison.Ordinal)));
    }

    [SkippableTheory]
    [InlineData("eleven chrs", "at least 12 characters")]
    [InlineData("ababababababab", "at least 5 different characters")]
    [InlineData("Password1234!", "guessed first")]
    [InlineData("{name}1234", "little more than a name")]
    public async Task A_weak_password_is_refused_beside_its_field_and_nothing_else_is_lost(string password, string why)
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = site.Visitor();
        password = password.Replace("{name}", name, StringComparison.Ordinal);

        var answer = await browser.SubmitAsync("/account/register", ("Name", name), ("Password", password), ("Repeated", password));

        Assert.Contains("id=\"Password-error\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains(why, answer.Text, StringComparison.Ordinal);
        Assert.Contains($"value=\"{name}\"", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(password, answer.Text.Replace(name + "\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("", "x", "Choose a name.")]
    [InlineData("ab", "x", "A name has 3 to 64 characters.")]
    [InlineData("<script>", "seven small green boats", "can only contain letters or digits")]
    [InlineData("ann-", "", "Choose a password.")]
    public async Task What_is_missing_or_malformed_is_named(string given, string password, string why)
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = site.Visitor();

        var answer = await browser.SubmitAsync("/account/register", ("Name", given), ("Password", password), ("Repeated", password));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(why, answer.Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_wrong_name_and_a_wrong_password_get_the_same_answer_after_the_same_work()
    {
        var hasher = new CountingHasher();
        await using var site = await AccountSite.StartAsync(redis, services: services => services.AddSingleton<IPasswordHasher<User>>(hasher));
        await site.StopHeartbeatAsync();
        using var _ = await site.RegisterAsync(name);
        using var browser = site.Visitor();
        await browser.SignInAsync("warm-up");
        string Neutral(FormAnswer answer) => answer.Text.Replace(name, "NAME", StringComparison.Ordinal).Replace("nobody-0", "NAME", StringComparison.Ordinal);

        var before = (hasher.Comparisons, await redis.CommandsSentAsync());
        var wrongPassword = await browser.SignInAsync(name, "not the password at all");
        var between = (hasher.Comparisons, await redis.CommandsSentAsync());
        var wrongName = await browser.SignInAsync("nobody-0", "not the password at all");
        var after = (hasher.Comparisons, await redis.CommandsSentAsync());

        Assert.Contains(Wrong, wrongPassword.Text, StringComparison.Ordinal);
        Assert.Equal(WithoutToken(Neutral(wrongPassword)), WithoutToken(Neutral(wrongName)));
        Assert.Equal((wrongPassword.Status, wrongPassword.RetryAfter), (wrongName.Status, wrongName.RetryAfter));
        Assert.Equal((1, 1), (between.Comparisons - before.Comparisons, after.Comparisons - between.Comparisons));
        Assert.Equal(between.Item2 - before.Item2, after.Item2 - between.Item2);
    }

    [SkippableFact]
    public async Task Signing_in_leads_back_to_where_one_was_but_never_to_another_site()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var _ = await site.RegisterAsync(name);
        foreach (var (returnUrl, expected) in new[]
        {
            ("/account/sessions?a=1", "/account/sessions?a=1"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("javascript:alert(1)", "/"),
        })
        {
            using var browser = site.Visitor();
            var answer = await browser.SubmitAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", ("Name", name), ("Password", AccountSite.Password));
            Assert.Equal(expected, answer.Location);
        }
    }

    [SkippableFact]
    public async Task Signing_out_needs_the_form_and_ends_the_session()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = await site.RegisterAsync(name);
        using var stolen = browser.At(site);

        await browser.GetAsync("/account/sign-out");
        using var forged = new FormUrlEncodedContent([]);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/account/sign-out", forged)).StatusCode);
        Assert.Equal(name, await browser.WhoAsync());

        Assert.Equal("/", (await browser.SubmitAsync("/account/sign-out")).Location);
        Assert.Equal(["(nobody)", "(nobody)"], [await browser.WhoAsync(), await stolen.WhoAsync()]);
    }

    [SkippableFact]
    public async Task A_new_password_replaces_the_old_one_and_ends_the_other_sessions_if_that_is_wanted()
    {
        const string NewPassword = "nine large yellow kites";
        await using var left = await AccountSite.StartAsync(redis);
        await using var right = await AccountSite.StartAsync(redis);
        using var here = await left.RegisterAsync(name);
        using var elsewhere = right.Visitor();
        await elsewhere.SignInAsync(name);
        using var stolen = here.At(left);

        var kept = await here.SubmitAsync("/account/password", ("Password", AccountSite.Password), ("NewPassword", NewPassword), ("Repeated", NewPassword));
        Assert.Equal("/account/sessions", kept.Location);
        Assert.Equal([name, name, "(nobody)"], [await here.WhoAsync(), await elsewhere.WhoAsync(), await stolen.WhoAsync()]); // a new id, too

        await here.SubmitAsync("/account/password", ("Password", NewPassword), ("NewPassword", NewPassword + "!"), ("Repeated", NewPassword + "!"), ("EndOthers", "true"));
        Assert.Equal([name, "(nobody)"], [await here.WhoAsync(), await elsewhere.WhoAsync()]);

        using var later = right.Visitor();
        Assert.Contains(Wrong, (await later.SignInAsync(name)).Text, StringComparison.Ordinal);
        Assert.True((await later.SignInAsync(name, NewPassword + "!")).IsRedirect);
    }

    [SkippableFact]
    public async Task A_password_is_not_changed_by_somebody_who_does_not_know_it()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var browser = await site.RegisterAsync(name);

        var answer = await browser.SubmitAsync("/account/password", ("Password", "guess"), ("NewPassword", "nine large yellow kites"), ("Repeated", "nine large yellow kites"));

        Assert.Contains("This is not your password.", answer.Text, StringComparison.Ordinal);
        using var later = site.Visitor();
        Assert.True((await later.SignInAsync(name)).IsRedirect);
    }

    [SkippableFact]
    public async Task Redis_holds_no_password_and_each_password_is_salted()
    {
        await using var site = await AccountSite.StartAsync(redis);
        using var one = await site.RegisterAsync(name);
        using var two = await site.RegisterAsync(name + "-2");
        var hashes = new List<string>();
        foreach (var key in (await redis.KeysAsync()).Where(key => key.Contains(":user:", StringComparison.Ordinal)))
        {
            hashes.Add((await redis.Database.HashGetAsync(key, "password"))!);
        }

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
        Assert.DoesNotContain(hashes, hash => hash.Contains(AccountSite.Password, StringComparison.Ordinal));
    }

    private static string WithoutToken(string html) =>
        System.Text.RegularExpressions.Regex.Replace(html, "(RequestVerificationToken\" type=\"hidden\" value=\")[^\"]+", "$1");

    private sealed class CountingHasher : IPasswordHasher<User>
    {
        private readonly PasswordHasher<User> inner = new();
        private int comparisons;

        public int Comparisons => comparisons;

        public string HashPassword(User user, string password) => inner.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref comparisons);
            return inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
