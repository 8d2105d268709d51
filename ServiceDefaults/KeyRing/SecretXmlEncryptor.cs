using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceDefaults.Secrets;

/// <summary>Wraps keys at rest with AES-256-GCM under a key derived from the application secret.</summary>
internal sealed class SecretXmlEncryptor(DerivedKeys keys) : IXmlEncryptor
{
    internal const string Purpose = "data-protection-key-ring";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var sealedBytes = new byte[plain.Length];
        var tag = new byte[AesGcm.TagByteSizes.MaxSize];
        using var aes = new AesGcm(keys.For(Purpose)[0], tag.Length);
        aes.Encrypt(nonce, plain, sealedBytes, tag);
        return new EncryptedXmlInfo(
            new XElement("sealed", Convert.ToBase64String([.. nonce, .. tag, .. sealedBytes])), typeof(SecretXmlDecryptor));
    }
}

/// <summary>Unwraps keys; Data Protection creates it by the type name that is stored beside the wrapped key.</summary>
internal sealed class SecretXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    private readonly DerivedKeys keys = services.GetRequiredService<DerivedKeys>();

    public XElement Decrypt(XElement encryptedElement)
    {
        var bytes = Convert.FromBase64String(encryptedElement.Value).AsSpan();
        var nonce = bytes[..AesGcm.NonceByteSizes.MaxSize];
        var tag = bytes.Slice(nonce.Length, AesGcm.TagByteSizes.MaxSize);
        var sealedBytes = bytes[(nonce.Length + tag.Length)..];
        var plain = new byte[sealedBytes.Length];
        foreach (var key in keys.For(SecretXmlEncryptor.Purpose))
        {
            try
            {
                using var aes = new AesGcm(key, tag.Length);
                aes.Decrypt(nonce, sealedBytes, tag, plain);
                return XElement.Parse(Encoding.UTF8.GetString(plain));
            }
            catch (AuthenticationTagMismatchException)
            {
                // Wrapped under the other secret, or under none that is known.
            }
        }

        throw new CryptographicException("A Data Protection key was wrapped under a secret that is neither SECRET nor SECRET_PREVIOUS. Set SECRET_PREVIOUS to the secret that was used before.");
    }
}
