using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ServiceDefaults.Checks;

namespace ServiceDefaults.Audit;

/// <summary>What is audited, and how it is reached.</summary>
/// <param name="Address">The page that is asked for.</param>
internal sealed record AuditTarget(Uri Address)
{
    private const string Usage = "Write check, or check https://site[/page] with --http-port PORT, --connect ADDRESS or --cacert FILE where needed; both know --json and --strict.";

    /// <summary>Where it takes plain HTTP; null when that is not known. Default 80, beside HTTPS on 443.</summary>
    public int? HttpPort { get; init; } = Address.Scheme == Uri.UriSchemeHttp ? Address.Port : Address.IsDefaultPort ? 80 : null;

    /// <summary>The name or address to connect to. Default: the site's name.</summary>
    public string Connect { get; init; } = Address.IdnHost;

    /// <summary>Certificates to trust instead of this machine's. Default: none.</summary>
    public X509Certificate2Collection? Roots { get; init; }

    public string Host => Address.IdnHost;

    public static AuditTarget Parse(string[] args)
    {
        var target = new AuditTarget(AddressOf(args[0]));
        foreach (var option in args.Skip(1).Chunk(2))
        {
            target = option switch
            {
                ["--http-port", var port] when ushort.TryParse(port, CultureInfo.InvariantCulture, out var number) => target with { HttpPort = number },
                ["--connect", var to] when Uri.CheckHostName(to) != UriHostNameType.Unknown => target with { Connect = to },
                ["--cacert", var file] => target with { Roots = RootsIn(file) },
                _ => throw new CannotCheckException($"check does not know {string.Join(' ', option)}. {Usage}"),
            };
        }

        return target;
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.UserInfo.Length == 0
            ? address
            : throw new CannotCheckException($"check does not know {text}. {Usage}");

    private static X509Certificate2Collection RootsIn(string file)
    {
        try
        {
            X509Certificate2Collection roots = [];
            roots.ImportFromPemFile(file);
            return roots;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CannotCheckException($"{file} cannot be read as certificates in PEM ({exception.GetType().Name}).");
        }
    }
}
