using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Tests.Identity.OpenIdConnect;

/// <summary>The keys of a provider.</summary>
internal sealed class Keys
{
    private RsaSecurityKey key = New();

    public SigningCredentials Credentials => new(key, SecurityAlgorithms.RsaSha256);

    /// <summary>As at a <c>jwks_uri</c>.</summary>
    public object Published
    {
        get
        {
            var shown = key.Rsa.ExportParameters(includePrivateParameters: false);
            return new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = key.KeyId, n = Base64UrlEncoder.Encode(shown.Modulus), e = Base64UrlEncoder.Encode(shown.Exponent) } } };
        }
    }

    public void Rotate() => key = New();

    private static RsaSecurityKey New() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString() };
}
