using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Secrets;

/// <summary>Where secrets come from. Later ones win: appsettings, .env, user secrets, secret files, environment variables.</summary>
internal static class SecretSources
{
    public const string MountedSecrets = "/run/secrets";

    public static void Add(IConfigurationManager configuration, IHostEnvironment environment)
    {
        var sources = configuration.Sources;
        if (environment.IsDevelopment())
        {
            Insert(sources, PlaceOfUserSecrets(sources) ?? PlaceOfEnvironment(sources), builder =>
                builder.AddInMemoryCollection(DotEnvFile.Read(Path.Combine(environment.ContentRootPath, ".env"))));
        }

        Insert(sources, PlaceOfEnvironment(sources), builder => builder.AddKeyPerFile(MountedSecrets, optional: true).Add(new SecretFileVariables()));
    }

    private static int? PlaceOfUserSecrets(IList<IConfigurationSource> sources) =>
        sources.OfType<JsonConfigurationSource>().FirstOrDefault(source => source.Path == "secrets.json") is { } found ? sources.IndexOf(found) : null;

    /// <summary>What a host, a test say, has put after the environment stays last.</summary>
    private static int PlaceOfEnvironment(IList<IConfigurationSource> sources) =>
        sources.OfType<EnvironmentVariablesConfigurationSource>().FirstOrDefault(source => string.IsNullOrEmpty(source.Prefix)) is { } found
            ? sources.IndexOf(found)
            : sources.Count;

    private static void Insert(IList<IConfigurationSource> sources, int place, Action<IConfigurationBuilder> add)
    {
        var builder = new ConfigurationBuilder();
        add(builder);
        foreach (var source in builder.Sources.Reverse())
        {
            sources.Insert(place, source);
        }
    }
}
