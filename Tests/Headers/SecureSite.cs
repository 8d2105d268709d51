using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Tests.Parts;
using Tests.Proxies;

namespace Tests.Headers;

/// <summary>The web app in Production that ends TLS by itself, as shop.example, with a certificate made for the purpose.</summary>
public sealed partial class SecureSite : IAsyncLifetime
{
    public const string Host = "shop.example";

    private readonly string folder = Directory.CreateTempSubdirectory("secure-site-").FullName;
    private SiteProcess? site;

    public string Certificate => Path.Combine(folder, "fullchain.pem");

    public int HttpPort => site!.Address.Port;

    public int HttpsPort { get; private set; }

    public async Task InitializeAsync()
    {
        using var _ = SiteCertificate.WriteTo(folder, Host);
        site = await SiteProcess.StartAsync(new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0;https://127.0.0.1:0",
            ["AllowedHosts"] = Host,
            ["Kestrel__Certificates__Default__Path"] = Certificate,
            ["Kestrel__Certificates__Default__KeyPath"] = Path.Combine(folder, "privkey.pem"),
            ["Monitoring__DrainDelay"] = "00:00:00",
            ["SECRET"] = Site.Secret,
            ["Session__Store"] = "Memory",
        });
        await Eventually.TrueAsync(() => Task.FromResult(HttpsAddress().IsMatch(site.Output)), "the site listens for TLS");
        HttpsPort = int.Parse(HttpsAddress().Match(site.Output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>A browser that comes as to https://shop.example.</summary>
    public HttpClient Browser()
    {
        var address = new Uri($"https://127.0.0.1:{HttpsPort}");
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate?.GetCertHashString() == X509CertificateLoader.LoadCertificateFromFile(Certificate).GetCertHashString();
        return new HttpClient(handler) { BaseAddress = address, DefaultRequestHeaders = { Host = Host } };
    }

    public async Task DisposeAsync()
    {
        await site!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex("Now listening on: https://127\\.0\\.0\\.1:([0-9]+)")]
    private static partial Regex HttpsAddress();
}
