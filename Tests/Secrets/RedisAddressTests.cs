using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Redis;
using StackExchange.Redis;
using Tests.Parts;

namespace Tests.Secrets;

/// <summary>The address of Redis, as Aspire and as hosting platforms write it.</summary>
public sealed class RedisAddressTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Theory]
    [InlineData("redis://host", "host:6379", null)]
    [InlineData("redis://:pa%2Css%40@host:7000/3", "host:7000,defaultDatabase=3", "pa,ss@")]
    [InlineData("redis://default:pw@host", "host:6379", "pw")]
    [InlineData("redis://someone:pw@host", "host:6379,user=someone", "pw")]
    [InlineData("rediss://:pw@host:6380", "host:6380,ssl=true", "pw")]
    [InlineData("redis://:pw@[::1]:7000", "[::1]:7000", "pw")]
    public void A_url_becomes_a_connection_string_and_a_decoded_password(string url, string connectionString, string? password)
    {
        var address = From("REDIS_URL", url)!;

        Assert.Null(address.Problem);
        Assert.Equal(connectionString, address.ConnectionString);
        Assert.Equal(password, address.Password);
    }

    [Theory]
    [InlineData("canary")]
    [InlineData("http://:canary@host")]
    [InlineData("redis://:canary@")]
    [InlineData("redis://:canary@host/canary")]
    [InlineData("redis://:canary@host:99999")]
    public void A_malformed_url_says_what_is_wrong_and_shows_nothing_of_it(string url)
    {
        var problem = From("REDIS_URL", url)!.Problem;

        Assert.Contains("REDIS_URL", problem, StringComparison.Ordinal);
        Assert.Contains("Expected redis://", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Aspires_connection_string_is_taken_as_it_is_and_wins_over_the_url()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:redis"] = "localhost:1234,password=pw",
            ["REDIS_URL"] = "redis://elsewhere",
        }).Build();

        Assert.Equal("localhost:1234,password=pw", RedisAddress.From(configuration)!.ConnectionString);
    }

    [SkippableFact]
    public async Task The_password_may_be_apart_from_the_address()
    {
        await using var site = await Site.StartAsync(_ => { }, new Dictionary<string, string?>
        {
            ["ConnectionStrings:redis"] = $"127.0.0.1:{redis.Port}",
            ["REDIS_PASSWORD"] = RedisServer.Password,
        });

        await site.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().PingAsync(); // throws when it is refused
    }

    [Fact]
    public void Without_either_there_is_none() => Assert.Null(RedisAddress.From(new ConfigurationBuilder().Build()));

    private static RedisAddress? From(string key, string value) =>
        RedisAddress.From(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [key] = value }).Build());
}
