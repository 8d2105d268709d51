using System.Text.Json.Nodes;
using Tests.Parts;

namespace Tests.AppHost;

/// <summary>The commands of the documentation, as a developer types them: those of the Aspire CLI, and <c>dotnet run</c>.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class AspireCliTests(AspireCli cli, RedisServer redis) : IClassFixture<AspireCli>, IClassFixture<RedisServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string Recorded = File.ReadAllText(Path.Combine(Repository.Root, "Tests", "AppHost", "Published", "manifest", "manifest.json"));

    [SkippableFact]
    public async Task Aspire_do_writes_the_manifest_on_record()
    {
        cli.Require();

        Succeeded(await cli.AspireAsync(["do", "publish-manifest", "--no-build", "--output-path", cli.Output, "--", .. RunningAppHost.Unchanged]));

        Assert.Equal(Recorded, ManifestIn("aspire-manifest.json"));
    }

    [Fact]
    public async Task Dotnet_run_writes_the_manifest_on_record()
    {
        var file = Path.Combine(cli.Output, "manifest.json");

        Succeeded(await cli.RunAsync("dotnet",
            ["run", "--no-build", "--configuration", AspireCli.Configuration, "--project", "AppHost", "--", "--publisher", "manifest", "--output-path", file, .. RunningAppHost.Unchanged]));

        Assert.Equal(Recorded, ManifestIn("manifest.json"));
    }

    [SkippableTheory]
    [InlineData("run", "--isolated", "--no-build")]
    [InlineData("do", "publish-manifest", "--no-build")]
    public async Task A_refused_start_is_explained_in_one_sentence(params string[] command)
    {
        cli.Require();

        var refused = await cli.AspireAsync([.. command, "--", "--AppHost:Replicas", "0"]);

        Assert.NotEqual(0, refused.Code);
        Assert.Contains("AppHost:Replicas is 0. Set it to a number from 1 to 20.", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Aspire_runs_describes_checks_and_stops_the_application()
    {
        cli.Require();

        // Ports of its own, and no Redis of its own: that would have the data of the AppHost that a developer runs from this folder.
        using var run = cli.Start(
            new Dictionary<string, string> { ["ConnectionStrings__redis"] = redis.Url },
            ["--isolated", "--no-build", "--", "--AppHost:Redis", "external", "--AppHost:Replicas", "2"]);
        var replicas = await HealthyReplicasAsync(run);
        using var browser = new Visitor(replicas[0].Address);
        Assert.Equal(1, await browser.CountAsync());

        var check = await cli.AspireAsync("resource", replicas[0].Name, "check");
        Assert.Contains($"127.0.0.1:{redis.Port}", check.Output, StringComparison.Ordinal); // the evidence of this replica
        Assert.Contains("The checklist has failures.", check.Error, StringComparison.Ordinal); // as is right in Development
        Assert.NotEqual(0, check.Code);

        Assert.Contains(run.Id, cli.Processes().Keys);
        Assert.Equal(2, cli.Processes().Values.Count(command => command.StartsWith(Path.Combine(Repository.Root, "WebApp", "bin"), StringComparison.Ordinal)));
        Succeeded(await cli.AspireAsync("stop"));
        await run.ExitCodeAsync();
        await Eventually.TrueAsync(() => Task.FromResult(cli.Processes().Count == 0), "every process that the CLI started has ended", Patience);
    }

    private static void Succeeded(AspireCli.Result result) => Assert.True(result.Code == 0, result.ToString());

    private string ManifestIn(string file) => PublishedFilesTests.Comparable(File.ReadAllText(Path.Combine(cli.Output, file)));

    /// <summary>What <c>aspire describe</c> says of the replicas, as soon as both are healthy; it may name no secret.</summary>
    private async Task<IReadOnlyList<(string Name, Uri Address)>> HealthyReplicasAsync(AspireCli.Running run)
    {
        JsonNode[] replicas = [];
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.False(run.HasExited, run.Output);
                var described = await cli.AspireAsync("describe", "--format", "json");
                Assert.DoesNotContain(redis.Url, described.Output, StringComparison.Ordinal);
                replicas = described.Output.StartsWith('{') // until the AppHost can be asked there is no JSON
                    ? [.. JsonNode.Parse(described.Output)!["resources"]!.AsArray().Where(IsHealthyReplica).Select(resource => resource!)]
                    : [];
                return replicas.Length == 2;
            },
            "aspire describe names two healthy replicas",
            Patience);
        return [.. replicas.Select(replica => ((string)replica["name"]!, new Uri((string)replica["urls"]![0]!["url"]!)))];
    }

    private static bool IsHealthyReplica(JsonNode? resource) =>
        (string?)resource!["displayName"] == "webapp" && (string?)resource["healthStatus"] == "Healthy";
}
