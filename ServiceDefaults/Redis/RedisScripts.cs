using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ServiceDefaults.Foundation;
using StackExchange.Redis;

namespace ServiceDefaults.Redis;

/// <summary>Runs Lua scripts in Redis: whole or not at all, on one key or on keys of one slot, so that a cluster can run them too.</summary>
/// <param name="redis">The connection.</param>
/// <param name="identity">The application, whose name begins every key.</param>
/// <param name="session">How long to wait for Redis: <c>Session:IOTimeout</c>.</param>
public sealed class RedisScripts(IConnectionMultiplexer redis, ApplicationIdentity identity, IOptions<SessionOptions> session)
{
    /// <summary>The server's product, for people: "Redis", "Valkey", or "Garnet" in development.</summary>
    public string Product => redis.GetServers()[0].GetProductVariant(out _).ToString();

    /// <summary>Runs a script.</summary>
    /// <param name="script">Lua; the key is <c>KEYS[1]</c>.</param>
    /// <param name="key">The key, without the application's name.</param>
    /// <param name="arguments"><c>ARGV</c>.</param>
    /// <param name="cancellationToken">Ends the wait; Redis may still run the script.</param>
    /// <returns>What the script returns.</returns>
    /// <exception cref="RedisUnavailableException">Redis did not answer in time, or refused.</exception>
    public Task<RedisResult> RunAsync(string script, string key, RedisValue[] arguments, CancellationToken cancellationToken) =>
        RunAsync(script, [key], arguments, cancellationToken);

    /// <summary>Runs a script on several keys.</summary>
    /// <param name="script">Lua; the keys are <c>KEYS</c>.</param>
    /// <param name="names">The keys, without the application's name; what they have in common in braces puts them into one slot.</param>
    /// <param name="arguments"><c>ARGV</c>.</param>
    /// <param name="cancellationToken">Ends the wait; Redis may still run the script.</param>
    /// <returns>What the script returns.</returns>
    /// <exception cref="RedisUnavailableException">Redis did not answer in time, or refused.</exception>
    public async Task<RedisResult> RunAsync(string script, string[] names, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        var keys = Array.ConvertAll(names, name => (RedisKey)$"{identity.Slug}:{name}");
        try
        {
            try
            {
                return await EvaluateAsync();
            }
            catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                return await EvaluateAsync(); // Redis was restarted and has forgotten the script; the client now sends it again
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            throw new RedisUnavailableException(exception);
        }

        Task<RedisResult> EvaluateAsync() => redis.GetDatabase().ScriptEvaluateAsync(script, keys, arguments).WaitAsync(session.Value.IOTimeout, cancellationToken);
    }
}

/// <summary>Redis did not answer in time or refused. The client gets 503 with Retry-After.</summary>
/// <param name="innerException">Why.</param>
public sealed class RedisUnavailableException(Exception innerException) : Exception("Redis did not answer in time, or refused.", innerException), IExpectedFailure
{
    /// <inheritdoc />
    public int StatusCode => StatusCodes.Status503ServiceUnavailable;

    /// <inheritdoc />
    public string Answer => "This is unavailable at the moment. What you changed may not have been saved: please try again.";

    /// <inheritdoc />
    public TimeSpan? RetryAfter => TimeSpan.FromSeconds(2);
}
