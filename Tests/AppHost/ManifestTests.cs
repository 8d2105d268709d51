using System.Text.Json.Nodes;
using Aspire.Hosting.Testing;

namespace Tests.AppHost;

/// <summary>What is published, as the manifest describes it: needs no container engine, and holds no secret.</summary>
public sealed class ManifestTests(ManifestTests.Manifest manifest) : IClassFixture<ManifestTests.Manifest>
{
    [Theory]
    [InlineData("application-secret", 50)]
    [InlineData("redis-password", 22)]
    public void A_secret_is_a_parameter_that_is_generated_or_asked_for(string name, int length)
    {
        var parameter = manifest[name];
        var input = parameter["inputs"]!["value"]!;

        Assert.Equal("parameter.v0", (string?)parameter["type"]);
        Assert.Equal($"{{{name}.inputs.value}}", (string?)parameter["value"]);
        Assert.True((bool)input["secret"]!);
        Assert.Equal(length, (int)input["default"]!["generate"]!["minLength"]!);
        Assert.False((bool)input["default"]!["generate"]!["special"]!); // others break connection strings and env files
    }

    [Fact]
    public void The_web_app_is_told_the_secret_and_the_connection_string_by_reference()
    {
        var environment = manifest["webapp"]["env"]!;

        Assert.Equal("{application-secret.value}", (string?)environment["SECRET"]);
        Assert.Equal("{redis.connectionString}", (string?)environment["ConnectionStrings__redis"]);
    }

    [Fact]
    public void The_web_app_is_told_its_host_names_which_are_asked_for()
    {
        Assert.Equal("{allowed-hosts.value}", (string?)manifest["webapp"]["env"]!["AllowedHosts"]);
        Assert.Equal("{allowed-hosts.inputs.value}", (string?)manifest["allowed-hosts"]["value"]);
    }

    [Fact]
    public void The_web_app_is_not_told_to_trust_every_proxy() =>
        Assert.Null(manifest["webapp"]["env"]!["ASPNETCORE_FORWARDEDHEADERS_ENABLED"]);

    [Fact]
    public void The_web_app_is_not_told_that_it_is_in_development() =>
        Assert.DoesNotContain("Development", manifest["webapp"].ToJsonString(), StringComparison.Ordinal);

    [Fact]
    public void The_web_app_can_be_reached_from_outside_and_Redis_cannot()
    {
        Assert.True((bool)manifest["webapp"]["bindings"]!["http"]!["external"]!);
        Assert.Null(manifest["redis"]["bindings"]!["tcp"]!["external"]);
    }

    [Fact]
    public void Redis_is_a_container_with_a_password_that_keeps_its_data()
    {
        var redis = manifest["redis"];
        var commandLine = (string)redis["args"]!.AsArray().Last()!;

        Assert.Equal("container.v0", (string?)redis["type"]);
        Assert.Equal("{redis-password.value}", (string?)redis["env"]!["REDIS_PASSWORD"]);
        Assert.StartsWith("exec redis-server ", commandLine, StringComparison.Ordinal); // else the shell keeps the signal to stop
        Assert.Contains("--requirepass $REDIS_PASSWORD", commandLine, StringComparison.Ordinal);
        Assert.EndsWith("--appendonly yes", commandLine, StringComparison.Ordinal);
        Assert.Equal("/data", (string?)redis["volumes"]!.AsArray().Single()!["target"]);
    }

    /// <summary>Written once, by `--publisher manifest`.</summary>
    public sealed class Manifest : IAsyncLifetime
    {
        private readonly string folder = Directory.CreateTempSubdirectory("manifest-").FullName;
        private JsonNode? resources;

        public JsonNode this[string resource] => resources![resource]!;

        public async Task InitializeAsync()
        {
            var file = Path.Combine(folder, "aspire-manifest.json");
            var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--publisher", "manifest", "--output-path", file, .. RunningAppHost.Unchanged]);
            await using var app = await builder.BuildAsync();
            await app.RunAsync();
            resources = JsonNode.Parse(await File.ReadAllTextAsync(file))!["resources"];
        }

        public Task DisposeAsync()
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        }
    }
}
