using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ServiceDefaults.Secrets;

namespace ServiceDefaults.Limits.Queries;

/// <summary>
/// Cursors: the position of a page's last result, and its HMAC-SHA-256, together with the list's name, under a key derived
/// from the application secret. Nobody makes one up, and one of another list is refused.
/// </summary>
/// <param name="derived">The keys.</param>
internal sealed class Cursors(DerivedKeys derived)
{
    private const int MacLength = 16; // 128 bits: enough where each guess is a request

    private readonly IReadOnlyList<byte[]> keys = derived.For("query-cursor");

    public string Make(string list, string position)
    {
        var text = Encoding.UTF8.GetBytes(position);
        return Base64Url.EncodeToString([.. Mac(keys[0], list, text), .. text]);
    }

    /// <summary>The position; null when the cursor was not made here, for this list, under a secret that is known.</summary>
    public string? Read(string list, string cursor)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(cursor.Length)];
        if (Base64Url.DecodeFromChars(cursor, bytes, out _, out var length) != OperationStatus.Done || length < MacLength)
        {
            return null;
        }

        var (mac, position) = (bytes[..MacLength], bytes[MacLength..length]);
        return keys.Any(key => CryptographicOperations.FixedTimeEquals(Mac(key, list, position), mac)) ? Encoding.UTF8.GetString(position) : null;
    }

    private static byte[] Mac(byte[] key, string list, byte[] position) => HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes(list), 0, .. position])[..MacLength];
}
