using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace ServiceDefaults.Audit;

/// <summary>
/// The first message of TLS, in one version only and by hand: the library of this machine may refuse old versions itself, and
/// then nobody knows which side it was.
/// </summary>
internal static class ClientHello
{
    private const byte Handshake = 22;
    private const byte ServerHello = 2;
    private const ushort SupportedVersions = 43;

    /// <summary>Every server knows one of these, from those of RFC 8446 to those of RFC 2246.</summary>
    private static readonly ushort[] Ciphers =
        [0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC009, 0xC013, 0xC00A, 0xC014, 0x009C, 0x009D, 0x002F, 0x0035, 0x000A];

    private static readonly ushort[] Groups = [29, 23, 24]; // x25519, secp256r1, secp384r1
    private static readonly ushort[] Signatures = [0x0403, 0x0503, 0x0804, 0x0805, 0x0401, 0x0501, 0x0203, 0x0201];

    public static byte[] Of(TlsVersion version, string host)
    {
        var legacy = Math.Min(version.Wire, TlsVersion.Tls12.Wire); // 1.3 is named in an extension
        byte[] hello = [.. Number(legacy), .. RandomNumberGenerator.GetBytes(32), 0 /* no session */, .. Sized(Numbers(Ciphers)), 1, 0 /* no compression */, .. Sized(Extensions(version, host))];
        return [Handshake, .. Number(0x0301), .. Sized([1, 0, .. Sized(hello)])];
    }

    /// <summary>Whether a server's first record takes up the version. What else it may say, an alert above all, does not.</summary>
    public static bool IsTakenUp(TlsVersion version, ReadOnlySpan<byte> record)
    {
        if (record.Length < 5 + 4 + 2 + 32 + 1 || record[0] != Handshake || record[5] != ServerHello)
        {
            return false;
        }

        var chosen = BinaryPrimitives.ReadUInt16BigEndian(record[9..]);
        for (var rest = record[(43 + 1 + record[43] + 2 + 1 + 2)..]; rest.Length >= 6; rest = rest[(4 + BinaryPrimitives.ReadUInt16BigEndian(rest[2..]))..])
        {
            chosen = BinaryPrimitives.ReadUInt16BigEndian(rest) == SupportedVersions ? BinaryPrimitives.ReadUInt16BigEndian(rest[4..]) : chosen;
        }

        return chosen == version.Wire;
    }

    private static byte[] Extensions(TlsVersion version, string host) =>
    [
        .. IPAddress.TryParse(host, out _) ? [] : Extension(0, Sized([0, .. Sized(Encoding.ASCII.GetBytes(host))])),
        .. Extension(10, Sized(Numbers(Groups))),
        .. Extension(11, [1, 0]), // points without compression
        .. version.Wire < TlsVersion.Tls12.Wire ? [] : Extension(13, Sized(Numbers(Signatures))),
        .. version != TlsVersion.Tls13 ? [] : Extension(SupportedVersions, [2, .. Number(version.Wire)]),
        .. version != TlsVersion.Tls13 ? [] : Extension(51, Sized([])), // no key yet: the server says which it wants (RFC 8446, 4.2.8)
    ];

    private static byte[] Extension(ushort type, byte[] content) => [.. Number(type), .. Sized(content)];

    private static byte[] Numbers(ushort[] numbers) => [.. numbers.SelectMany(Number)];

    private static byte[] Number(ushort number) => [(byte)(number >> 8), (byte)number];

    /// <summary>With its length before it.</summary>
    private static byte[] Sized(byte[] content) => [.. Number((ushort)content.Length), .. content];
}
