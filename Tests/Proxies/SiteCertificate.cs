using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tests.Proxies;

/// <summary>A certificate for one test, in the files that the shipped configurations name.</summary>
internal static class SiteCertificate
{
    public static X509Certificate2 WriteTo(string folder, string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));

        var (chain, privateKey) = (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllText(Path.Combine(folder, "fullchain.pem"), chain);
        File.WriteAllText(Path.Combine(folder, "privkey.pem"), privateKey);
        File.WriteAllText(Path.Combine(folder, "shop.pem"), chain + privateKey); // HAProxy wants both in one
        return certificate;
    }
}
