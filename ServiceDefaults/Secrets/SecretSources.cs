using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Secrets;

/// <summary>Where secrets come from. Later ones win: appsettings, .env, user secrets, secret files, environment.</summary>
internal static class SecretSources
{
    public const string MountedSecrets = "/run/secrets";

    public static void Add(IConfigurationManager configuration, IHostEnvironment environment)
    {
        // A host that is started for a test, say, has put its own settings after the environment: they stay last.
        var place = configuration.Sources.ToList().FindIndex(source => source is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        if (place < 0)
        {
            place = configuration.Sources.Count;
        }

        var sources = new ConfigurationBuilder();
        if (environment.IsDevelopment())
        {
            sources.AddInMemoryCollection(DotEnvFile.Read(Path.Combine(environment.ContentRootPath, ".env")));
        }

        sources.AddKeyPerFile(MountedSecrets, optional: true);
        foreach (var source in sources.Sources.Reverse())
        {
            configuration.Sources.Insert(place, source);
        }

        configuration.Sources.Insert(place + sources.Sources.Count, new SecretFileVariables());
    }
}
