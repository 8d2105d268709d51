using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using ServiceDefaults.Secrets;

namespace ServiceDefaults.Sessions;

/// <summary>
/// What the cookie holds: 256 random bits, and their HMAC-SHA-256 under the application secret. A forged token is
/// refused before the store is asked; the store knows only <see cref="SessionToken.Key"/>, from which no token can be made.
/// </summary>
/// <param name="Value">The cookie's value, base64url.</param>
/// <param name="Key">The session's key in the store: the SHA-256 of the random bits, base64url.</param>
/// <param name="IsCurrent">False when it was signed under the previous secret and wants to be signed again.</param>
internal sealed record SessionToken(string Value, string Key, bool IsCurrent)
{
    private const int IdLength = 32;

    /// <summary>The length of every token: 64 bytes in base64url.</summary>
    public const int Length = 86;

    /// <summary>A record would print the token.</summary>
    public override string ToString() => Key;

    /// <summary>Makes and verifies tokens.</summary>
    internal sealed class Signer(DerivedKeys derived) : IDisposable
    {
        /// <summary>The current secret's first. Each thread has its own: setting one up takes longer than using it.</summary>
        private readonly ThreadLocal<IncrementalHash[]> macs = new(
            () => [.. derived.For("session-cookie").Select(key => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key))]);

        public SessionToken Create()
        {
            Span<byte> id = stackalloc byte[IdLength];
            RandomNumberGenerator.Fill(id);
            return Sign(id);
        }

        /// <summary>The same session under the current secret.</summary>
        public SessionToken Renew(SessionToken token)
        {
            Span<byte> bytes = stackalloc byte[IdLength + SHA256.HashSizeInBytes];
            Base64Url.DecodeFromChars(token.Value, bytes);
            return Sign(bytes[..IdLength]);
        }

        /// <summary>Reads a cookie's value; null when it was not made here.</summary>
        public SessionToken? Verify(string? value)
        {
            Span<byte> bytes = stackalloc byte[IdLength + SHA256.HashSizeInBytes];
            if (value?.Length != Length || Base64Url.DecodeFromChars(value, bytes, out _, out var written) != OperationStatus.Done || written != bytes.Length)
            {
                return null;
            }

            Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
            for (var i = 0; i < macs.Value!.Length; i++)
            {
                Authenticate(macs.Value[i], bytes[..IdLength], expected);
                if (CryptographicOperations.FixedTimeEquals(expected, bytes[IdLength..]))
                {
                    return new SessionToken(value, KeyOf(bytes[..IdLength]), IsCurrent: i == 0);
                }
            }

            return null;
        }

        public void Dispose() => macs.Dispose();

        private SessionToken Sign(ReadOnlySpan<byte> id)
        {
            Span<byte> bytes = stackalloc byte[IdLength + SHA256.HashSizeInBytes];
            id.CopyTo(bytes);
            Authenticate(macs.Value![0], id, bytes[IdLength..]);
            return new SessionToken(Base64Url.EncodeToString(bytes), KeyOf(id), IsCurrent: true);
        }

        private static void Authenticate(IncrementalHash mac, ReadOnlySpan<byte> id, Span<byte> code)
        {
            mac.AppendData(id);
            mac.GetHashAndReset(code);
        }

        private static string KeyOf(ReadOnlySpan<byte> id)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(id, hash);
            return Base64Url.EncodeToString(hash);
        }
    }
}
