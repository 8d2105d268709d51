using System.Net;
using Tests.Parts;

namespace Tests.Identity.Passwords;

/// <summary>How many forms with a password one address may send, whatever comes of them.</summary>
public sealed class SignInRateTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [SkippableFact]
    [Trait(Tier.Name, Tier.All)]
    public async Task Signing_in_and_registering_are_limited_to_the_same_number_on_one_replica_and_on_three()
    {
        await redis.RunAsync("FLUSHALL");
        var starting = Enumerable.Range(0, 3).Select(_ => SiteProcess.StartAsync(new Dictionary<string, string?>
        {
            ["REDIS_URL"] = redis.Url,
            ["SECRET"] = Site.Secret,
            ["AllowedHosts"] = "127.0.0.1",
            ["Monitoring__DrainDelay"] = "00:00:00",
            ["SignIn__RequestsPerAddress"] = "6",
            ["SignIn__AttemptWindow"] = "1.00:00:00", // longer than the test on any machine
            ["SignIn__AttemptsPerAddress"] = "1000",
            ["SignIn__RegistrationsPerAddress"] = "2",
        })).ToArray();
        await using var one = await starting[0];
        await using var two = await starting[1];
        await using var three = await starting[2];

        var onOne = await SignInAsync("203.0.113.1", one);
        var onThree = await SignInAsync("203.0.113.3", one, two, three);

        HttpStatusCode[] expected =
        [
            HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.TooManyRequests, // the third account of this network
            HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, // the seventh form
        ];
        Assert.Equal(expected, onOne);
        Assert.Equal(expected, onThree);
    }

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/account/register")]
    [InlineData("/account/password")]
    public async Task Registering_and_a_new_password_count_as_signing_in(string path)
    {
        await using var site = await AccountSite.StartInMemoryAsync();
        using var browser = site.Visitor();

        Assert.StartsWith("\"sign-in\";", (await browser.PostAsync(path, null)).Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal);
    }

    /// <summary>Three registrations and five sign-ins from one address, in turn on each replica.</summary>
    private static async Task<List<HttpStatusCode>> SignInAsync(string address, params SiteProcess[] replicas)
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
        {
            using var browser = replicas[i % replicas.Length].Visitor().OverHttps();
            browser.DefaultRequestHeaders.Add("X-Forwarded-For", address);
            var answer = i < 3
                ? await browser.SubmitAsync("/account/register", ("Name", $"name-{i}-{address}"), ("Password", AccountSite.Password), ("Repeated", AccountSite.Password))
                : await browser.SignInAsync($"nobody-{i}", "wrong");
            answers.Add(answer.Status);
        }

        return answers;
    }
}
