using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ServiceDefaults.Audit;

/// <summary>A certificate, and what a browser would say of it.</summary>
/// <param name="Names">For which names it is.</param>
/// <param name="Since">Since when it is valid.</param>
/// <param name="Until">Until when.</param>
/// <param name="Problems">What is wrong with it; none for a browser that is content.</param>
internal sealed record PresentedCertificate(string Names, DateTimeOffset Since, DateTimeOffset Until, IReadOnlyList<string> Problems)
{
    public static PresentedCertificate From(X509Certificate presented, X509Chain? chain, SslPolicyErrors problems)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(presented.GetRawCertData());
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => $"{address}")));
        return new PresentedCertificate(
            names.DefaultIfEmpty(certificate.Subject).Aggregate((one, other) => $"{one}, {other}"),
            certificate.NotBefore,
            certificate.NotAfter,
            [
                .. problems.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? ["it is for another name"] : Array.Empty<string>(),
                .. problems.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? chain!.ChainStatus.Select(status => $"{status.Status}").Distinct() : [],
            ]);
    }
}
