using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using ServiceDefaults.Secrets;

namespace Tests.Secrets;

/// <summary>Where secrets come from, and which source wins.</summary>
public sealed class SecretSourceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("secrets-").FullName;

    [Fact]
    public void A_dot_env_file_is_read_in_Development_only()
    {
        File.WriteAllText(Path.Combine(folder, ".env"), "# a comment\n\nPT_TEST_A=plain\nexport PT_TEST_B=\"in = quotes\"\nPT_TEST__C='nested'\nnonsense\n");

        var development = Load("Development");
        Assert.Equal("plain", development["PT_TEST_A"]);
        Assert.Equal("in = quotes", development["PT_TEST_B"]);
        Assert.Equal("nested", development["PT_TEST:C"]);
        Assert.Null(Load("Production")["PT_TEST_A"]);
    }

    [Fact]
    public void A_variable_that_ends_in_FILE_names_a_file_with_the_value()
    {
        var file = Path.Combine(folder, "mounted");
        File.WriteAllText(file, "from the file\n");
        Environment.SetEnvironmentVariable("PT_TEST_MOUNTED_FILE", file);
        try
        {
            Assert.Equal("from the file", Load("Production")["PT_TEST_MOUNTED"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PT_TEST_MOUNTED_FILE", null);
        }
    }

    [Fact]
    public void The_environment_wins_over_the_dot_env_file()
    {
        File.WriteAllText(Path.Combine(folder, ".env"), "PT_TEST_WINS=file\n");
        Environment.SetEnvironmentVariable("PT_TEST_WINS", "environment");
        try
        {
            Assert.Equal("environment", Load("Development")["PT_TEST_WINS"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PT_TEST_WINS", null);
        }
    }

    [Fact]
    public void User_secrets_win_over_the_dot_env_file()
    {
        File.WriteAllText(Path.Combine(folder, ".env"), "PT_TEST_ORDER=file\n");
        File.WriteAllText(Path.Combine(folder, "secrets.json"), """{ "PT_TEST_ORDER": "user secret" }""");

        Assert.Equal("user secret", Load("Development")["PT_TEST_ORDER"]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private ConfigurationManager Load(string environment)
    {
        var configuration = new ConfigurationManager();
        configuration.SetBasePath(folder).AddJsonFile("secrets.json", optional: true).AddEnvironmentVariables();
        SecretSources.Add(configuration, new HostingEnvironment { EnvironmentName = environment, ContentRootPath = folder });
        return configuration;
    }
}
