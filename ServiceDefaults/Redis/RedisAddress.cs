using Microsoft.Extensions.Configuration;

namespace ServiceDefaults.Redis;

/// <summary>Where Redis is, from Aspire's connection string or a hosting platform's URL.</summary>
/// <param name="ConnectionString">For StackExchange.Redis.</param>
/// <param name="Password">The password of a URL, decoded; null when there is none or the connection string has it.</param>
/// <param name="Problem">What is wrong with it, without any part of it that could be a secret.</param>
internal sealed record RedisAddress(string ConnectionString, string? Password = null, string? Problem = null)
{
    public const string ConnectionName = "redis";

    private const string Expected = "Expected redis://[user]:[password]@host[:port][/database], or rediss:// for TLS.";

    public static RedisAddress? From(IConfiguration configuration) =>
        configuration.GetConnectionString(ConnectionName) is { Length: > 0 } text ? Understand(text, "ConnectionStrings:redis")
        : configuration["REDIS_URL"] is { Length: > 0 } url ? FromUrl(url, "REDIS_URL")
        : null;

    /// <summary>A record would print its members.</summary>
    public override string ToString() => "[redis address]";

    private static RedisAddress Understand(string text, string key) =>
        text.Contains("://", StringComparison.Ordinal) ? FromUrl(text, key) : new RedisAddress(text);

    private static RedisAddress FromUrl(string text, string key)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0 || url.Scheme is not ("redis" or "rediss"))
        {
            return new RedisAddress("", Problem: $"{key} is not the address of a Redis server. {Expected}");
        }

        var database = url.AbsolutePath.Trim('/');
        if (database.Length > 0 && !ushort.TryParse(database, out _))
        {
            return new RedisAddress("", Problem: $"{key} has a path that is not a database number. {Expected}");
        }

        var credentials = url.UserInfo.Split(':', 2);
        var user = Uri.UnescapeDataString(credentials[0]);
        var parts = new List<string> { $"{url.Host}:{(url.Port > 0 ? url.Port : 6379)}" };
        if (user.Length > 0 && user != "default")
        {
            parts.Add($"user={user}");
        }

        if (database.Length > 0)
        {
            parts.Add($"defaultDatabase={database}");
        }

        if (url.Scheme == "rediss")
        {
            parts.Add("ssl=true");
        }

        return new RedisAddress(string.Join(',', parts), credentials.Length == 2 ? Uri.UnescapeDataString(credentials[1]) : null);
    }
}
