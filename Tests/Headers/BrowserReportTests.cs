using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Tests.Browser;
using Tests.Parts;
using Tests.Proxies;

namespace Tests.Headers;

/// <summary>A real browser reports what the policy has stopped, over TLS, because it takes the address of reports over nothing else.</summary>
[Trait(Tier.Name, Tier.All)]
public sealed class BrowserReportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("reports-").FullName;

    [SkippableFact]
    public async Task What_the_policy_stops_is_reported_and_logged()
    {
        Chromium.Require();
        using var certificate = SiteCertificate.WriteTo(folder, "shop.example");
        await using var site = await StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(
            playwright,
            "--short-reporting-delay",
            "--host-resolver-rules=MAP shop.example 127.0.0.1",
            $"--ignore-certificate-errors-spki-list={Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()))}");
        var page = await browser.NewPageAsync();

        await page.GotoAsync($"https://shop.example:{site.Address.Port}/inline");

        Assert.Equal("none", await page.TitleAsync());
        await Eventually.TrueAsync(
            () => Task.FromResult(site.Log.ToString().Contains("script-src-elem does not allow inline on the page /inline.", StringComparison.Ordinal)),
            "the browser has reported the script that it did not run");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<Site> StartAsync() => Site.StartAsync(
        app =>
        {
            app.Urls.Clear();
            app.Urls.Add("https://127.0.0.1:0");
            app.MapGet("/inline", () => Results.Content("<!DOCTYPE html><title>none</title><script>document.title = 'ran'</script>", "text/html"));
        },
        new Dictionary<string, string?>
        {
            ["Session:Store"] = "Memory",
            ["Kestrel:Certificates:Default:Path"] = Path.Combine(folder, "fullchain.pem"),
            ["Kestrel:Certificates:Default:KeyPath"] = Path.Combine(folder, "privkey.pem"),
        });
}
