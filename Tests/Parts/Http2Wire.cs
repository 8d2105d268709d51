using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Tests.Parts;

/// <summary>An HTTP/2 connection (RFC 9113) on which a test says what no HTTP client would: it keeps to no limit that the server tells.</summary>
internal sealed class Http2Wire : IDisposable
{
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    private readonly TcpClient client;
    private readonly Stream stream;
    private readonly (string, string)[] start;

    private Http2Wire(TcpClient client, Stream stream, bool isSecure)
    {
        (this.client, this.stream) = (client, stream);
        start = [(":method", "GET"), (":scheme", isSecure ? "https" : "http"), (":authority", "localhost"), ("x-forwarded-proto", "https")];
    }

    public enum FrameType : byte
    {
        Data = 0,
        Headers = 1,
        ResetStream = 3,
        Settings = 4,
        Ping = 6,
        GoAway = 7,
        WindowUpdate = 8,
        Continuation = 9,
    }

    /// <summary>Connects, and says that it speaks HTTP/2.</summary>
    /// <param name="site">Where to.</param>
    /// <param name="secure">Puts TLS over the connection; null for knowing beforehand that the server speaks HTTP/2 in plain.</param>
    public static async Task<Http2Wire> ConnectAsync(Uri site, Func<Stream, Task<Stream>>? secure = null)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", site.Port);
        var wire = new Http2Wire(client, secure is null ? client.GetStream() : await secure(client.GetStream()), secure is not null);
        await wire.stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        await wire.SendAsync(FrameType.Settings, 0, 0, []);
        return wire;
    }

    /// <summary>Asks, with a method that has no body.</summary>
    public Task AskAsync(int stream, string path, params IEnumerable<(string Name, string Value)> headers) =>
        SendAsync(FrameType.Headers, EndHeaders | EndStream, stream, Compress([(":path", path), .. start, .. headers]));

    /// <summary>Begins a request whose headers go on in frames of their own.</summary>
    public Task BeginAsync(int stream, string path) =>
        SendAsync(FrameType.Headers, EndStream, stream, Compress([(":path", path), .. start]));

    public Task ContinueAsync(int stream, bool isLast, params IEnumerable<(string Name, string Value)> headers) =>
        SendAsync(FrameType.Continuation, isLast ? EndHeaders : 0, stream, Compress(headers));

    public Task ResetAsync(int stream) => SendAsync(FrameType.ResetStream, 0, stream, [0, 0, 0, 8]);

    /// <summary>Reads frames until one is what a test waits for, or the connection ends.</summary>
    public async Task<List<Frame>> ReadUntilAsync(Func<Frame, bool> isLast)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        var frames = new List<Frame>();
        var header = new byte[9];
        try
        {
            do
            {
                await stream.ReadExactlyAsync(header, patience.Token);
                var payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
                await stream.ReadExactlyAsync(payload, patience.Token);
                frames.Add(new Frame((FrameType)header[3], header[4], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)), payload));
            }
            while (!isLast(frames[^1]));
        }
        catch (IOException)
        {
            // The server has ended it: what has been read is the answer.
        }

        return frames;
    }

    public void Dispose()
    {
        stream.Dispose();
        client.Dispose();
    }

    /// <summary>The simplest of HPACK (RFC 7541, 6.2.2): a header that is in no table, its name and value as they are.</summary>
    private static byte[] Compress(IEnumerable<(string Name, string Value)> headers)
    {
        var bytes = new List<byte>();
        foreach (var (name, value) in headers)
        {
            bytes.Add(0);
            Append(name);
            Append(value);
        }

        return [.. bytes];

        void Append(string text)
        {
            var rest = text.Length;
            bytes.Add((byte)Math.Min(rest, 127));
            for (rest -= 127; rest >= 0; rest = rest < 128 ? -1 : rest >> 7)
            {
                bytes.Add((byte)(rest < 128 ? rest : (rest & 127) | 128));
            }

            bytes.AddRange(Encoding.ASCII.GetBytes(text));
        }
    }

    /// <summary>Frames have at most 16,384 bytes: longer headers go on in frames of their own.</summary>
    private async Task SendAsync(FrameType type, int flags, int streamId, byte[] payload)
    {
        const int Most = 16_384;
        var ends = flags & EndHeaders;
        try
        {
            for (var sent = 0; sent == 0 || sent < payload.Length; sent += Most)
            {
                var part = payload[sent..Math.Min(payload.Length, sent + Most)];
                var isLast = sent + Most >= payload.Length;
                var header = new byte[9];
                (header[0], header[1], header[2]) = ((byte)(part.Length >> 16), (byte)(part.Length >> 8), (byte)part.Length);
                header[3] = (byte)(sent == 0 ? type : FrameType.Continuation);
                header[4] = (byte)((sent == 0 ? flags & ~EndHeaders : 0) | (isLast ? ends : 0));
                BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(5), streamId);
                await stream.WriteAsync((byte[])[.. header, .. part]);
            }
        }
        catch (IOException)
        {
            // The server has ended it: reading tells why.
        }
    }

    /// <summary>A frame of the server's.</summary>
    internal sealed record Frame(FrameType Type, byte Flags, int Stream, byte[] Payload)
    {
        public bool EndsStream => Type is FrameType.Data or FrameType.Headers && (Flags & EndStream) != 0;

        /// <summary>Why a stream was reset, or a connection ended (RFC 9113, 7).</summary>
        public int ErrorCode => BinaryPrimitives.ReadInt32BigEndian(Payload.AsSpan(Type == FrameType.GoAway ? 4 : 0));

        /// <summary>What the server allows (RFC 9113, 6.5.2).</summary>
        public IReadOnlyDictionary<int, int> Settings => Payload.Chunk(6).ToDictionary(setting => (int)BinaryPrimitives.ReadInt16BigEndian(setting), setting => BinaryPrimitives.ReadInt32BigEndian(setting.AsSpan(2)));
    }
}
