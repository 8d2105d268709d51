using System.Net;
using Tests.Parts;

namespace Tests.Identity.Passwords;

/// <summary>Operators are named by the names of their accounts.</summary>
public sealed class OperatorNameTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private readonly string name = "olga-" + Guid.NewGuid().ToString("N")[..8];

    [SkippableFact]
    public async Task Nobody_becomes_an_operator_by_registering_a_name_that_the_configuration_lists()
    {
        await using var site = await AccountSite.StartAsync(redis, AccountSite.Operator(name));
        using var browser = site.Visitor();

        var answer = await browser.SubmitAsync(
            "/account/register", ("Name", name.ToUpperInvariant()), ("Password", AccountSite.Password), ("Repeated", AccountSite.Password));

        Assert.Contains("is already taken", answer.Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task An_operator_is_one_in_any_case_of_the_name_and_sees_whose_sessions_they_are()
    {
        await using (var before = await AccountSite.StartAsync(redis))
        {
            using var _ = await before.RegisterAsync(name);
        }

        await using var site = await AccountSite.StartAsync(redis, AccountSite.Operator(name));
        using var olga = site.Visitor();
        await olga.SignInAsync(name.ToUpperInvariant());
        var page = (await olga.SubmitAsync("/operators/users", ("Name", name))).Location!;

        Assert.DoesNotContain(name, page, StringComparison.Ordinal);
        Assert.Contains($"Where {name} is signed in", await olga.GetStringAsync(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await olga.OpenAsync("/operators/users")).StatusCode);
    }
}
