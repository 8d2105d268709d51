using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tests.Proxies;

/// <summary>A certificate for one test, in the files that the shipped configurations name.</summary>
internal static class SiteCertificate
{
    /// <summary>One that is its own authority.</summary>
    public static X509Certificate2 Make(string host, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(from, until);
    }

    public static X509Certificate2 WriteTo(string folder, string host)
    {
        var certificate = Make(host, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var key = certificate.GetECDsaPrivateKey()!;
        var (chain, privateKey) = (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
        File.WriteAllText(Path.Combine(folder, "fullchain.pem"), chain);
        File.WriteAllText(Path.Combine(folder, "privkey.pem"), privateKey);
        File.WriteAllText(Path.Combine(folder, "shop.pem"), chain + privateKey); // HAProxy wants both in one
        return certificate;
    }
}
