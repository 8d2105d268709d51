using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServiceDefaults.Secrets;
using Tests.Parts;

namespace Tests.Secrets;

/// <summary>The application secret: what guards nothing is refused, all problems at once, and no value is ever shown.</summary>
public sealed class SecretTests
{
    [Theory]
    [InlineData("", "SECRET is not set")]
    [InlineData("short-and-canary-Zx9", "SECRET has 20 characters; at least 43 are needed")]
    [InlineData("abababababababababababababababababababababababab", "fewer than 5 different characters")]
    [InlineData("keyboard cat keyboard cat keyboard cat keyboard cat Zx9", "a word from sample configurations")]
    [InlineData(ApplicationSecret.Development, "the development secret, which everybody knows")]
    public void A_secret_that_guards_nothing_is_refused_in_production(string secret, string problem)
    {
        var failures = FailuresOf(secret);

        Assert.Contains(failures, failure => failure.Contains(problem, StringComparison.Ordinal) && failure.Contains("openssl rand", StringComparison.Ordinal));
        Assert.DoesNotContain(failures, failure => secret.Length > 0 && failure.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void A_random_secret_of_32_bytes_is_accepted() => Assert.Empty(FailuresOf(Site.Secret));

    [Fact]
    public void All_problems_of_both_secrets_come_together()
    {
        var failures = FailuresOf("aaa", new() { ["SECRET_PREVIOUS"] = "bbb" });

        Assert.Equal(2, failures.Count(failure => failure.StartsWith("SECRET has", StringComparison.Ordinal)));
        Assert.Equal(2, failures.Count(failure => failure.StartsWith("SECRET_PREVIOUS has", StringComparison.Ordinal)));
    }

    [Fact]
    public void Development_starts_without_a_secret_of_its_own() => Assert.Empty(FailuresOf(null, environment: "Development"));

    [Fact]
    public void Keys_for_two_purposes_have_nothing_in_common_and_the_previous_secret_gives_the_second_key()
    {
        var keys = new DerivedKeys(Options.Create(new ApplicationSecret { Current = Site.Secret, Previous = "another" }));

        Assert.Equal(2, keys.For("a").Count);
        Assert.NotEqual(keys.For("a")[0], keys.For("b")[0]);
        Assert.NotEqual(keys.For("a")[0], keys.For("a")[1]);
        Assert.Equal(keys.For("a")[0], keys.For("a")[0]);
    }

    private static string[] FailuresOf(string? secret, Dictionary<string, string?>? settings = null, string environment = "Production")
    {
        using var app = (IDisposable)Site.Build(
            settings: new Dictionary<string, string?>(settings ?? []) { ["Session:Store"] = "Memory", ["SECRET"] = secret }, environment: environment);
        try
        {
            _ = ((WebApplication)app).Services.GetRequiredService<IOptions<ApplicationSecret>>().Value;
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }
}
