using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tests.Parts;

/// <summary>A connection on which a test says what no HTTP client would.</summary>
internal sealed class Wire : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <param name="site">Where to.</param>
    /// <param name="receiveBuffer">A small one tells the server early that nothing is read.</param>
    public static async Task<Wire> ConnectAsync(Uri site, int? receiveBuffer = null)
    {
        var wire = new Wire();
        wire.socket.ReceiveBufferSize = receiveBuffer ?? wire.socket.ReceiveBufferSize;
        await wire.socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, site.Port));
        return wire;
    }

    /// <summary>Sends a request and reads until the server closes. The server has a reason to: an error, or the request's <c>Connection: close</c>.</summary>
    public static async Task<string> AskAsync(Uri site, string request)
    {
        using var wire = await ConnectAsync(site);
        await wire.TrySendAsync(request);
        return await wire.ReadToEndAsync();
    }

    /// <summary>Sends the lines of a request without a body, and reads until the server closes.</summary>
    public static async Task<Answer> SendAsync(Uri site, params string[] lines) =>
        new(await AskAsync(site, string.Concat([.. lines.Append("Connection: close").Append("").Select(line => line + "\r\n")])));

    public Task<bool> TrySendAsync(string text) => TrySendAsync(Encoding.Latin1.GetBytes(text));

    /// <returns>Whether the server still listens.</returns>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await socket.SendAsync(bytes)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Reads until the server closes.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var read = new MemoryStream();
        try
        {
            while (await ReadAsync() is { Length: > 0 } bytes)
            {
                read.Write(bytes);
            }
        }
        catch (SocketException)
        {
            // Reset by the server: what has been read is the answer.
        }

        return Encoding.Latin1.GetString(read.ToArray());
    }

    /// <summary>Reads a little of what is there, without waiting.</summary>
    /// <returns>Whether the server has closed the connection.</returns>
    public bool ReadsToTheEnd(int bytes = 32)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead) && socket.Receive(new byte[bytes]) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    public async Task<byte[]> ReadAsync()
    {
        using var patient = new CancellationTokenSource(Eventually.Patience);
        var buffer = new byte[64 * 1024];
        return buffer[..await socket.ReceiveAsync(buffer, patient.Token)];
    }

    public void Dispose() => socket.Dispose();

    internal sealed record Answer(string Text)
    {
        public int Status => int.Parse(Text.Split(' ')[1], CultureInfo.InvariantCulture);

        public bool Has(string header) => Text.Split("\r\n\r\n")[0].Contains($"\r\n{header}:", StringComparison.OrdinalIgnoreCase);
    }
}
