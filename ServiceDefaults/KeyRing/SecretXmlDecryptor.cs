using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.KeyRing;

namespace ServiceDefaults.Secrets; // and not KeyRing: the type's full name is stored beside every wrapped key

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
