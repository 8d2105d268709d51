using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost;

/// <summary>Runs Redis without containers, on the loopback interface and with a password: the installed server, else Garnet.</summary>
internal static class LocalRedis
{
    public const string GarnetName = "garnet";

    private const string ConfigurationFile = "redis.conf";

    /// <summary>Adds the <c>redis-server</c> on the PATH; where there is none, Garnet from <c>engine/DevelopmentRedis</c>.</summary>
    /// <remarks>The data is in <c>.dev/</c> of the solution, which git ignores, and outlives the process.</remarks>
    public static IResourceBuilder<LocalRedisResource> AddLocalRedis(this IDistributedApplicationBuilder builder) =>
        LocalProgram.Find("redis-server") is { } server
            ? builder.AddProcess("redis", server)
                .WithPort(port => [ConfigurationFile, "--port", port])
                .OnBeforeResourceStarted((resource, _, cancellationToken) => WriteConfigurationAsync(resource, cancellationToken))
            : builder.AddProcess(GarnetName, "dotnet")
                .WithPort(port => [Garnet.Program(builder), port, "."])
                .WithEnvironment(context => context.EnvironmentVariables["REDIS_PASSWORD"] = ((LocalRedisResource)context.Resource).Password)
                .OnBeforeResourceStarted((resource, started, cancellationToken) => Garnet.BuildAsync(builder, resource, started.Services, cancellationToken));

    private static IResourceBuilder<LocalRedisResource> AddProcess(this IDistributedApplicationBuilder builder, string name, string command)
    {
        var dataDirectory = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", ".dev", name));
        var password = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, "redis-password", special: false);
        return builder.AddResource(new LocalRedisResource(name, command, dataDirectory, password))
            .WithEndpoint(name: LocalRedisResource.EndpointName, scheme: "redis")
            .OnBeforeResourceStarted((resource, _, _) =>
            {
                Directory.CreateDirectory(resource.WorkingDirectory);
                return Task.CompletedTask;
            })
            .WithPing()
            .Supervised()
            .WithIconName("Database");
    }

    private static IResourceBuilder<LocalRedisResource> WithPort(this IResourceBuilder<LocalRedisResource> redis, Func<object, object[]> arguments) =>
        redis.WithArgs(arguments(redis.Resource.Endpoint.Property(EndpointProperty.TargetPort)));

    /// <summary>Writes a file, because every user of the machine sees arguments, with a hash, because others may read the file.</summary>
    private static async Task WriteConfigurationAsync(LocalRedisResource redis, CancellationToken cancellationToken)
    {
        var password = await redis.Password.GetValueAsync(cancellationToken) ?? "";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));
        await File.WriteAllTextAsync(
            Path.Combine(redis.WorkingDirectory, ConfigurationFile),
            $"""
            # The AppHost writes this file each time it starts.
            bind 127.0.0.1 -::1
            user default reset on #{hash} ~* &* +@all
            appendonly yes
            save ""

            """,
            cancellationToken);
    }

    /// <summary>Adds the health check that the container has: a PING with the password.</summary>
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
