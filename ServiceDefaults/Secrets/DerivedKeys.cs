using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Secrets;

/// <summary>Keys for one purpose each, derived from the application secret with HKDF (RFC 5869): one leaks nothing of another.</summary>
/// <param name="secret">The application secret.</param>
public sealed class DerivedKeys(IOptions<ApplicationSecret> secret)
{
    /// <summary>256 bits.</summary>
    public const int KeyLength = 32;

    /// <summary>Derives the keys for a purpose.</summary>
    /// <param name="purpose">A fixed text that is used for nothing else.</param>
    /// <returns>The current key first, then the one of the previous secret, if there is one.</returns>
    public IReadOnlyList<byte[]> For(string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        var value = secret.Value;
        return value.Previous is { } previous ? [Derive(value.Current, purpose), Derive(previous, purpose)] : [Derive(value.Current, purpose)];
    }

    private static byte[] Derive(string secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyLength, info: Encoding.UTF8.GetBytes(purpose));
}
