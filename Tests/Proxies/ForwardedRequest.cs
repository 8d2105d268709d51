using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;

namespace Tests.Proxies;

/// <summary>A request as a proxy, or somebody who plays one, writes it: byte for byte, and from a chosen address of this machine.</summary>
internal static class ForwardedRequest
{
    /// <summary>A site that says who it believes the visitor to be, and which forwarded headers the application can still read.</summary>
    public static Task<Site> StartAsync(Dictionary<string, string?>? settings = null, string environment = "Development", TimeProvider? clock = null, string? address = null) => Site.StartAsync(
        app =>
        {
            if (address is not null)
            {
                app.Urls.Clear();
                app.Urls.Add(address);
            }

            app.MapGet("/who", (HttpContext context, CancellationToken _) => $"{AddressOf(context.Connection.RemoteIpAddress!)} {context.Request.Scheme}");
            app.MapGet("/host", (HttpContext context, CancellationToken _) => $"{context.Request.Host}{context.Request.PathBase}");
            app.MapGet("/headers", (HttpContext context, CancellationToken _) =>
                string.Join(", ", context.Request.Headers.Keys.Where(name => name.Contains("Forwarded", StringComparison.OrdinalIgnoreCase))));
        },
        new Dictionary<string, string?>(settings ?? []) { ["Session:Store"] = "Memory" },
        environment,
        services => services.AddSingleton(clock ?? TimeProvider.System));

    /// <returns>The body of the answer.</returns>
    public static async Task<string> AskAsync(Uri site, string headers, string from = "127.0.0.1", string path = "/who")
    {
        using var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        await client.ConnectAsync(IPAddress.Parse(site.Host.Trim('[', ']')), site.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.0\r\nHost: localhost\r\n{headers}\r\n")); // 1.0: no chunks
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        return answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
    }

    private static IPAddress AddressOf(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
