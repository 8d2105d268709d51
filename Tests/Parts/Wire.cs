using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Tests.Parts;

/// <summary>A request byte for byte, as no client library would send it.</summary>
internal static class Wire
{
    /// <summary>Sends the lines of a request without a body, and reads until the site closes the connection.</summary>
    public static async Task<Answer> SendAsync(Uri site, params string[] lines)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(site.Host, site.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Concat([.. lines.Append("Connection: close").Append("").Select(line => line + "\r\n")])));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        return new Answer(await reader.ReadToEndAsync(patience.Token));
    }

    internal sealed record Answer(string Text)
    {
        public int Status => int.Parse(Text.Split(' ')[1], CultureInfo.InvariantCulture);

        public bool Has(string header) => Text.Split("\r\n\r\n")[0].Contains($"\r\n{header}:", StringComparison.OrdinalIgnoreCase);
    }
}
