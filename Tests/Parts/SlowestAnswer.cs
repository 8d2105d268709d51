using System.Diagnostics;

namespace Tests.Parts;

/// <summary>
/// Sends requests one after the other, and keeps the longest time that a response took: of what a test is about, or as the
/// control that shows what this machine takes at the same time.
/// </summary>
internal sealed class SlowestAnswer : IAsyncDisposable
{
    private readonly CancellationTokenSource enough = new();
    private readonly Task asking;
    private long ticks;

    private SlowestAnswer(HttpClient client, string path) => asking = Task.Run(() => AskAsync(client, path));

    /// <summary>The longest time so far.</summary>
    public TimeSpan Time => new(Volatile.Read(ref ticks));

    /// <param name="client">Who asks, and is disposed afterwards.</param>
    /// <param name="path">For what; each response has to be a success.</param>
    public static SlowestAnswer Watch(HttpClient client, string path) => new(client, path);

    public async ValueTask DisposeAsync()
    {
        if (!enough.IsCancellationRequested)
        {
            await enough.CancelAsync();
            await asking;
            enough.Dispose();
        }
    }

    private async Task AskAsync(HttpClient client, string path)
    {
        using (client)
        {
            while (!enough.IsCancellationRequested)
            {
                var watch = Stopwatch.StartNew();
                (await client.GetAsync(path)).EnsureSuccessStatusCode();
                Volatile.Write(ref ticks, Math.Max(ticks, watch.Elapsed.Ticks));
                await Task.Delay(20);
            }
        }
    }
}
