using System.Net;

namespace Benchmarks;

/// <summary>Takes what is sent over OTLP, and keeps nothing but its size.</summary>
internal sealed class TelemetryReceiver : IDisposable
{
    private readonly HttpListener listener = new();
    private long bytes;

    public TelemetryReceiver()
    {
        listener.Prefixes.Add($"{Address = new Uri($"http://127.0.0.1:{Redis.FreePort()}/")}");
        listener.Start();
        _ = TakeAsync();
    }

    public Uri Address { get; }

    public long Bytes => Interlocked.Read(ref bytes);

    public void Dispose() => listener.Close();

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                var request = await listener.GetContextAsync();
                Interlocked.Add(ref bytes, request.Request.ContentLength64);
                await request.Request.InputStream.CopyToAsync(Stream.Null);
                request.Response.ContentType = "application/x-protobuf";
                request.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // closed
        }
    }
}
