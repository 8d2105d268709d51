using System.Text.Json.Nodes;

namespace Benchmarks;

/// <summary>One browser behind a proxy on this machine that ends TLS: the same requests for every contender.</summary>
internal sealed class Visitor : IDisposable
{
    public Visitor(Uri site, int connections)
    {
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false, MaxConnectionsPerServer = connections, ActivityHeadersPropagator = null })
        {
            BaseAddress = site,
            Timeout = TimeSpan.FromSeconds(60),
        };
        Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
    }

    public HttpClient Client { get; }

    /// <summary>The session cookie as a browser sends it.</summary>
    public string? Cookie { get; private set; }

    /// <summary>Makes a session, and keeps its cookie.</summary>
    public async Task BeginSessionAsync(string value, CancellationToken stop)
    {
        using var response = await Client.GetAsync($"/set?key=value&value={value}", stop);
        response.EnsureSuccessStatusCode();
        Cookie = response.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        Client.DefaultRequestHeaders.Add("Cookie", Cookie);
    }

    /// <summary>Forgets the session, as another browser would.</summary>
    public void ForgetSession() => Client.DefaultRequestHeaders.Remove("Cookie");

    public async Task<string?> ReadAsync(string path, CancellationToken stop) =>
        JsonNode.Parse(await Client.GetStringAsync(path, stop))?["value"]?.GetValue<string>();

    public void Dispose() => Client.Dispose();
}
