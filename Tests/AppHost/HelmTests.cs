using System.Diagnostics;
using Tests.Parts;

namespace Tests.AppHost;

/// <summary>Helm reads the chart that is on record, as it will when somebody installs it.</summary>
public sealed class HelmTests
{
    private static readonly string Chart = Path.Combine(Repository.Root, "Tests", "AppHost", "Published", "kubernetes");

    [SkippableFact]
    public async Task The_chart_is_rendered_with_what_is_set_and_the_image_of_its_version()
    {
        var (code, objects, error) = await HelmAsync("template", "site", Chart, "--set", "allowedHosts=shop.example", "--set", "trustedProxy=192.0.2.7");

        Assert.True(code == 0, error);
        Assert.Contains("AllowedHosts: \"shop.example\"", objects, StringComparison.Ordinal);
        Assert.Contains("Proxies__Trusted__0: \"192.0.2.7\"", objects, StringComparison.Ordinal);
        Assert.Contains("image: \"webapp:1.0.0\"", objects, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", objects, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Other_settings_are_other_pods_and_the_same_are_the_same()
    {
        var checksums = new List<string>();
        foreach (var proxy in new[] { "192.0.2.7", "192.0.2.8", "192.0.2.7" })
        {
            var (_, objects, _) = await HelmAsync("template", "site", Chart, "--set", "allowedHosts=shop.example", "--set", $"trustedProxy={proxy}");
            checksums.Add(objects.Split('\n').Single(line => line.Contains("checksum/config", StringComparison.Ordinal)));
        }

        Assert.NotEqual(checksums[0], checksums[1]);
        Assert.Equal(checksums[0], checksums[2]);
    }

    [SkippableTheory]
    [InlineData("allowedHosts", "Set trustedProxy to the address or network of the ingress that ends TLS.")]
    [InlineData("trustedProxy", "Set allowedHosts to the host names of the site, separated by semicolons.")]
    public async Task What_has_to_be_set_is_asked_for(string given, string asked)
    {
        var (code, _, error) = await HelmAsync("template", "site", Chart, "--set", $"{given}=192.0.2.7");

        Assert.NotEqual(0, code);
        Assert.Contains(asked, error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task It_has_nothing_that_Helm_would_complain_of()
    {
        var (code, found, error) = await HelmAsync("lint", "--strict", Chart, "--set", "allowedHosts=shop.example", "--set", "trustedProxy=192.0.2.7");

        Assert.True(code == 0, found + error);
    }

    private static async Task<(int Code, string Output, string Error)> HelmAsync(params string[] arguments)
    {
        var helm = Programs.Find("helm");
        Skip.If(helm is null, "no helm on this machine: https://helm.sh/docs/intro/install");
        using var process = Process.Start(new ProcessStartInfo(helm, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
