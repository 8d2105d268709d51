using System.Globalization;
using System.Net.Sockets;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Audit.Items;

/// <summary>What is seen of TLS.</summary>
internal static class TlsItems
{
    private const int MostBytes = 16 * 1024; // of a record (RFC 8446, 5.1)

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(14);

    public static readonly AuditItem[] All =
    [
        new()
        {
            Id = "production.tls",
            Title = "The site is reached over HTTPS",
            Asvs = ["12.2.1"],
            Fix = "Put a proxy in front that ends TLS, or give Kestrel a certificate; redirect plain HTTP to it.",
            Check = site => new Finding(site.Secure is not null, site.Secure is null ? $"{site.Plain} answers, and does not lead to https://{site.Target.Host}." : $"{site.Secure} answers."),
        },
        new()
        {
            Id = "production.tls-versions",
            Title = "TLS is spoken in versions 1.2 and 1.3 only",
            Asvs = ["12.1.1"],
            Needs = "production.tls",
            Fix = "Switch TLS 1.0 and 1.1 off where TLS ends.",
            Check = async site =>
            {
                var offered = await OfferedAsync(site);
                return new Finding(offered.Count > 0 && !offered.Contains(TlsVersion.Tls10) && !offered.Contains(TlsVersion.Tls11), Describe(offered));
            },
        },
        new()
        {
            Id = "production.tls-latest",
            Title = "TLS 1.3 is offered",
            Severity = Severity.Warning,
            Asvs = ["12.1.1"],
            Needs = "production.tls",
            Fix = "Switch TLS 1.3 on where TLS ends.",
            Check = async site =>
            {
                var offered = await OfferedAsync(site);
                return new Finding(offered.Contains(TlsVersion.Tls13), Describe(offered));
            },
        },
        new()
        {
            Id = "production.certificate",
            Title = "The certificate is for this name, valid, and trusted",
            Asvs = ["12.2.2"],
            Needs = "production.tls",
            Fix = "Get a certificate for this name, and send it with the intermediate ones.",
            Check = site => site.Connections.Certificate is { } certificate
                ? new Finding(certificate.Problems.Count == 0, $"It is for {certificate.Names}, until {Day(certificate.Until)}; what is wrong with it: {(certificate.Problems.Count > 0 ? string.Join(", ", certificate.Problems) : "nothing")}.")
                : new Finding(false, "None was presented."),
        },
        new()
        {
            Id = "production.certificate-renewal",
            Title = "The certificate is renewed in time: two weeks, or a third of its life, before it ends",
            Severity = Severity.Warning,
            Needs = "production.certificate",
            Fix = "Let a machine renew it, and look why that has not happened.",
            Check = site =>
            {
                var certificate = site.Connections.Certificate!;
                var (left, life) = (certificate.Until - DateTimeOffset.UtcNow, certificate.Until - certificate.Since);
                return new Finding(left >= RenewedBefore || left >= life / 3, string.Create(CultureInfo.InvariantCulture, $"It ends on {Day(certificate.Until)}, in {left.TotalDays:0.#} of its {life.TotalDays:0.#} days."));
            },
        },
    ];

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Describe(IReadOnlyCollection<TlsVersion> offered) =>
        $"Of {string.Join(", ", TlsVersion.All.Select(version => version.Name))} the server takes up {(offered.Count > 0 ? string.Join(", ", offered.Select(version => version.Name)) : "none")}.";

    private static async Task<IReadOnlyCollection<TlsVersion>> OfferedAsync(AuditedSite site)
    {
        var offered = new List<TlsVersion>();
        foreach (var version in TlsVersion.All)
        {
            if (ClientHello.IsTakenUp(version, await GreetAsync(site, ClientHello.Of(version, site.Target.Host))))
            {
                offered.Add(version);
            }
        }

        return offered;
    }

    /// <returns>The first record of the answer, or as much of it as came.</returns>
    private static async Task<byte[]> GreetAsync(AuditedSite site, byte[] hello)
    {
        var buffer = new byte[MostBytes];
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await using var stream = await site.Connections.ConnectAsync(site.Secure!.Port, patience.Token);
            await stream.WriteAsync(hello, patience.Token);
            await stream.ReadExactlyAsync(buffer.AsMemory(0, 5), patience.Token);
            var length = 5 + Math.Min((buffer[3] << 8) | buffer[4], MostBytes - 5);
            await stream.ReadExactlyAsync(buffer.AsMemory(5, length - 5), patience.Token);
            return buffer[..length];
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            return []; // closed or reset: that is a refusal, too
        }
    }
}
