using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost;

/// <summary>Redis without containers: the server that is installed here, on the loopback interface, with a password.</summary>
internal static class LocalRedis
{
    private const string ConfigurationFile = "redis.conf";

    /// <summary>The server on the PATH; null when there is none.</summary>
    public static string? FindServer() => LocalProgram.Find("redis-server");

    /// <summary>Adds the server; its data is in <c>.dev/</c> of the solution, which git ignores, and outlives it.</summary>
    public static IResourceBuilder<LocalRedisResource> AddLocalRedis(this IDistributedApplicationBuilder builder, string name, string server)
    {
        var dataDirectory = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", ".dev", name));
        var password = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var redis = builder.AddResource(new LocalRedisResource(name, server, dataDirectory, password));
        return redis
            .WithEndpoint(name: LocalRedisResource.EndpointName, scheme: "redis")
            .WithArgs(ConfigurationFile, "--port", redis.Resource.Endpoint.Property(EndpointProperty.TargetPort))
            .OnBeforeResourceStarted((resource, _, cancellationToken) => WriteConfigurationAsync(resource, cancellationToken))
            .WithPing()
            .WithIconName("Database");
    }

    /// <summary>In a file, because arguments are seen by every user of the machine; and hashed, because a file may be too.</summary>
    private static async Task WriteConfigurationAsync(LocalRedisResource redis, CancellationToken cancellationToken)
    {
        var password = await redis.Password.GetValueAsync(cancellationToken) ?? "";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));
        Directory.CreateDirectory(redis.WorkingDirectory);
        await File.WriteAllTextAsync(
            Path.Combine(redis.WorkingDirectory, ConfigurationFile),
            $"""
            # Written by the AppHost each time it starts.
            bind 127.0.0.1 -::1
            user default reset on #{hash} ~* &* +@all
            appendonly yes
            save ""

            """,
            cancellationToken);
    }

    /// <summary>Healthy when it answers a PING from somebody who knows the password: the check that the container has.</summary>
    private static IResourceBuilder<LocalRedisResource> WithPing(this IResourceBuilder<LocalRedisResource> redis)
    {
        var connectionString = "";
        redis.OnConnectionStringAvailable(async (resource, _, cancellationToken) =>
            connectionString = await resource.ConnectionStringExpression.GetValueAsync(cancellationToken) ?? "");

        var check = $"{redis.Resource.Name}-ping";
        redis.ApplicationBuilder.Services.AddHealthChecks().AddRedis(_ => connectionString, check);
        return redis.WithHealthCheck(check);
    }
}
