using System.Diagnostics;
using System.Text.RegularExpressions;
using Tests.Parts;

namespace Tests.AppHost;

/// <summary>Helm reads the chart that is on record, as it will when somebody installs it.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed partial class HelmTests
{
    private static readonly string Chart = Path.Combine(Repository.Root, "Tests", "AppHost", "Published", "kubernetes");

    /// <summary>What the chart says that it wants.</summary>
    private static readonly Match[] Wanted =
        [.. Directory.EnumerateFiles(Chart, "*.yaml", SearchOption.AllDirectories).SelectMany(file => Required().Matches(File.ReadAllText(file))).DistinctBy(match => match.Value)];

    [SkippableFact]
    public async Task The_chart_is_rendered_with_what_is_set_and_the_image_of_its_version()
    {
        var (code, objects, error) = await HelmAsync("template", WithAll());

        Assert.True(code == 0, error);
        Assert.Contains("AllowedHosts: \"the-allowedHosts\"", objects, StringComparison.Ordinal);
        Assert.Contains("Proxies__Trusted__0: \"the-trustedProxy\"", objects, StringComparison.Ordinal);
        Assert.Contains("image: \"webapp:1.0.0\"", objects, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", objects, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Other_settings_are_other_pods_and_the_same_are_the_same()
    {
        var checksums = new List<string>();
        foreach (var proxy in new[] { "192.0.2.7", "192.0.2.8", "192.0.2.7" })
        {
            var (_, objects, _) = await HelmAsync("template", [.. WithAll(), "--set", $"trustedProxy={proxy}"]);
            checksums.Add(objects.Split('\n').Single(line => line.Contains("checksum/config", StringComparison.Ordinal)));
        }

        Assert.NotEqual(checksums[0], checksums[1]);
        Assert.Equal(checksums[0], checksums[2]);
    }

    [SkippableFact]
    public async Task What_has_to_be_set_is_asked_for()
    {
        Assert.Contains(Wanted, match => match.Groups[1].Value == "trustedProxy");
        foreach (var missing in Wanted)
        {
            var (code, _, error) = await HelmAsync("template", WithAll(but: missing.Groups[1].Value));

            Assert.NotEqual(0, code);
            Assert.Contains(missing.Groups[0].Value, error, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task It_has_nothing_that_Helm_would_complain_of()
    {
        var (code, found, error) = await HelmAsync("lint", ["--strict", .. WithAll()]);

        Assert.True(code == 0, found + error);
    }

    private static string[] WithAll(string? but = null) =>
        [.. Wanted.Select(match => match.Groups[1].Value).Where(name => name != but).SelectMany(name => new[] { "--set", $"{name}=the-{name}" })];

    private static async Task<(int Code, string Output, string Error)> HelmAsync(string command, string[] options)
    {
        var helm = Programs.Find("helm");
        Skip.If(helm is null, "no helm on this machine: https://helm.sh/docs/intro/install");
        using var process = Process.Start(new ProcessStartInfo(helm, [command, .. command == "template" ? ["site"] : Array.Empty<string>(), Chart, .. options]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    [GeneratedRegex(@"Set (\w+) to [^`]+")]
    private static partial Regex Required();
}
