using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers Redis as the distributed cache.</summary>
public static class AspireRedisDistributedCacheExtensions
{
    /// <summary>Registers one <see cref="IConnectionMultiplexer"/> and an <see cref="IDistributedCache"/> on it.</summary>
    public static void AddRedisDistributedCache(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = new StackExchangeRedisSettings { ConnectionString = builder.Configuration.GetConnectionString(connectionName) };
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton<IConnectionMultiplexer>(_ =>
        {
            var options = ConfigurationOptions.Parse(settings.ConnectionString
                ?? throw new InvalidOperationException($"No endpoints specified. Ensure a valid connection string was provided in 'ConnectionStrings:{connectionName}'."));
            options.AbortOnConnectFail = false;
            configureOptions?.Invoke(options);
            var connection = ConnectionMultiplexer.Connect(options);
            // 1.2.6 would otherwise run completions one after another, and one that blocks stalls the client.
            connection.PreserveAsyncOrder = false;
            return connection;
        });
        builder.Services.AddSingleton<IDistributedCache, RedisCache>();
    }
}
