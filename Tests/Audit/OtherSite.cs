using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Audit;
using ServiceDefaults.Checks;
using Tests.Parts;
using Tests.Proxies;

namespace Tests.Audit;

/// <summary>A site without the service defaults, that ends TLS by itself.</summary>
internal sealed class OtherSite : IAsyncDisposable
{
    public const string Host = "shop.example";

    private readonly WebApplication app;
    private readonly X509Certificate2 certificate;
    private readonly Manners manners;

    private OtherSite(Manners manners)
    {
        this.manners = manners;
        certificate = SiteCertificate.Make(manners.CertificateName, DateTimeOffset.UtcNow.AddDays(manners.Life.From), DateTimeOffset.UtcNow.AddDays(manners.Life.Until));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, HttpPort);
            if (manners.ListensForTls)
            {
                kestrel.Listen(IPAddress.Loopback, HttpsPort, listen => listen.UseHttps(tls => (tls.ServerCertificate, tls.SslProtocols) = (certificate, manners.Tls)));
            }
        });
        app = builder.Build();
        manners.Outside(app);
        app.Run(AnswerAsync);
    }

    public int HttpPort { get; } = FreePort.Next();

    public int HttpsPort { get; } = FreePort.Next();

    public static async Task<OtherSite> StartAsync(Manners manners)
    {
        var site = new OtherSite(manners);
        await site.app.StartAsync();
        return site;
    }

    public async Task<ChecklistReport> AuditAsync() => (await SiteAudit.RunAsync(new AuditTarget(new Uri(manners.ListensForTls ? $"https://{Host}:{HttpsPort}" : $"http://{Host}:{HttpPort}"))
    {
        HttpPort = HttpPort,
        Connect = "127.0.0.1",
        Roots = [certificate],
    })).Report;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        if (manners.ChecksHost && context.Request.Host.Host != Host)
        {
            context.Response.StatusCode = 400;
            return Task.CompletedTask;
        }

        if (!context.Request.IsHttps && manners.ListensForTls)
        {
            context.Response.StatusCode = manners.RedirectStatus;
            context.Response.Headers.Location = $"https://{Host}:{HttpsPort}{context.Request.Path}";
            return Task.CompletedTask;
        }

        foreach (var (name, value) in manners.Headers)
        {
            context.Response.Headers[name] = value;
        }

        return context.Request.Path.Value switch
        {
            "/" => HomeAsync(context.Response),
            var path when path == manners.HealthPath => context.Response.WriteAsync(manners.Health),
            _ => NotFoundAsync(context.Response),
        };
    }

    private Task HomeAsync(HttpResponse response)
    {
        response.Headers.CacheControl = manners.CacheControl;
        response.Headers.SetCookie = manners.Cookie;
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync("<h1>Shop</h1>");
    }

    private static Task NotFoundAsync(HttpResponse response)
    {
        response.StatusCode = 404;
        return response.WriteAsync("There is nothing here.");
    }
}
