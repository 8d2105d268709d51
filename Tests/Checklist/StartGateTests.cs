using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults;
using ServiceDefaults.Foundation;
using ServiceDefaults.Start;
using Tests.Monitoring;
using Tests.Parts;

namespace Tests.Checklist;

/// <summary>The web app as it is deployed: what it does about its checklist before it listens.</summary>
public sealed class StartGateTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private Dictionary<string, string?> Good => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["SECRET"] = Site.Secret,
        ["REDIS_URL"] = redis.Url,
        ["AllowedHosts"] = "shop.example",
    };

    [SkippableFact]
    public async Task A_critical_item_stops_the_start_with_the_sentence_that_mends_it_beside_every_other()
    {
        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(new Dictionary<string, string?>(Good)
        {
            ["ASPNETCORE_DETAILEDERRORS"] = "true",
            ["Session__AbsoluteTimeout"] = "365.00:00:00",
        });

        Assert.Equal(1, exitCode);
        Assert.Contains("The application did not start:", output, StringComparison.Ordinal);
        Assert.Contains("  - The environment is Production, and DetailedErrors is true. Remove", output, StringComparison.Ordinal);
        Assert.Contains("  - A session ends 7 days after its last use, and 365 days after it began. Set Session:IdleTimeout", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_start_check_of_ones_own_stops_the_start_everywhere(string environment)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ApplicationName = "Tests", Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["SECRET"] = Site.Secret, ["AllowedHosts"] = "shop.example", ["Session:Store"] = "Memory" });
        builder.AddServiceDefaults();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IStartCheck, MissesItsVolume>();

        var hasStarted = false;
        var exitCode = await builder.RunVerifiedAsync([], app =>
        {
            app.UseServiceDefaults();
            app.MapDefaultEndpoints();
            app.Lifetime.ApplicationStarted.Register(() =>
            {
                hasStarted = true;
                app.Lifetime.StopApplication();
            });
        });

        Assert.Equal(1, exitCode);
        Assert.False(hasStarted);
    }

    [SkippableFact]
    public async Task Warnings_are_logged_and_nothing_else_of_the_rehearsals_is()
    {
        await using var site = await SiteProcess.StartAsync(Good);

        var before = site.Output[..site.Output.IndexOf("Now listening", StringComparison.Ordinal)];
        Assert.Equal(["Checklist, telemetry.export: OpenTelemetry is sent to nobody. Set OTEL_EXPORTER_OTLP_ENDPOINT to the address of a collector."], Messages(before));
    }

    [SkippableFact]
    public async Task What_it_found_is_measured()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using (await SiteProcess.StartAsync(new Dictionary<string, string?>([.. Good, .. receiver.Settings]) { ["Monitoring__DrainDelay"] = "00:00:00" }))
        {
        }

        Assert.Contains("checklist.items", receiver.Metrics, StringComparison.Ordinal);
        Assert.Contains("held", receiver.Metrics, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_command_prints_a_document_and_leaves_nothing_behind()
    {
        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(Good, "check", "--json");

        Assert.Equal(0, exitCode);
        Assert.Equal("Production", JsonNode.Parse(output)!["environment"]!.GetValue<string>());
        Assert.Empty(await redis.SessionKeysAsync());
    }

    [SkippableFact]
    public async Task The_command_prints_a_table_in_which_a_failure_is_followed_by_what_mends_it()
    {
        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(new Dictionary<string, string?>(Good) { ["ASPNETCORE_DETAILEDERRORS"] = "true" }, "check");

        Assert.Equal(1, exitCode);
        Assert.Matches("CRITICAL production.debug +Nothing shows a visitor what a developer sees\n +The environment is Production, and DetailedErrors is true. Remove ASPNETCORE_ENVIRONMENT", output);
        Assert.Contains("ok       sessions.round-trip", output, StringComparison.Ordinal);
        Assert.Contains("do not hold: 1 critical, 1 warning;", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Site.Secret, output, StringComparison.Ordinal);
        Assert.DoesNotContain(RedisServer.Password, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_not_understood_has_exit_code_2()
    {
        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(new Dictionary<string, string?>(), "check", "--everything");

        Assert.Equal(2, exitCode);
        Assert.StartsWith("check does not know --everything.", output, StringComparison.Ordinal);
    }

    /// <summary>Outside Development each event is a line of JSON; the last line is cut off.</summary>
    private static string[] Messages(string output) => [.. output.Split('\n')[..^1].Select(line => JsonNode.Parse(line)!["Message"]!.GetValue<string>())];
}
