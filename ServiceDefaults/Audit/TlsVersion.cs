namespace ServiceDefaults.Audit;

/// <summary>A version of TLS.</summary>
/// <param name="Wire">Its number on the wire.</param>
/// <param name="Name">Its name for people.</param>
internal readonly record struct TlsVersion(ushort Wire, string Name)
{
    public static readonly TlsVersion Tls10 = new(0x0301, "1.0");
    public static readonly TlsVersion Tls11 = new(0x0302, "1.1");
    public static readonly TlsVersion Tls12 = new(0x0303, "1.2");
    public static readonly TlsVersion Tls13 = new(0x0304, "1.3");

    public static readonly IReadOnlyList<TlsVersion> All = [Tls10, Tls11, Tls12, Tls13];
}
